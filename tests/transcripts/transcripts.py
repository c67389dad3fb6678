#!/usr/bin/env python3
"""Plays the scenes beside this file on a terminal and holds what people see against docs/transcripts.

    tests/transcripts/transcripts.py [--write] [SCENE]...

A scene is lines: "# what is said", "$ what is typed", ">POST PATH JSON" (or "@FILE") for what happens in the cloud, ">SET NAME
VALUE" for a variable of the shell, and ">WAIT SECONDS". Each is played at 80 and at 200 columns, with the real programs, kubectl and the sandbox. What differs from run to run (ports, times,
folders) is replaced by something of the same width. With --write the files are written anew, and the picture of the README
too. Ends with "N passed, N failed".
"""
import difflib
import html
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCENES = ROOT / "tests" / "transcripts"
TRANSCRIPTS = ROOT / "docs" / "transcripts"
# Of a scene at 80 columns, up to a line.
PICTURES = {"first_minutes": (ROOT / "docs" / "first_minutes.svg", "$ kubectl ack whoami")}
WIDTHS = (80, 200)
OF_KUBECTL = "Unable to connect to the server: "  # which folds nothing
SECONDS = 60  # that one command may take

# What differs from run to run, and what is written instead.
REPLACED = [
    (re.compile(r"\x1b\[[0-9;]*[A-Za-z]"), ""),
    (re.compile(r"((?:127\.0|localhost)?\.0\.1|localhost):\d{5}"), r"\1:36443"),
    (re.compile(r"20\d\d-\d\d-\d\d([T ])\d\d:\d\d:\d\d"), r"2026-01-02\g<1>03:04:05"),
    (re.compile(r"\bin 5[6-9]m\b"), "in 59m"),
    (re.compile(r"\b\d+s ago\b"), "2s ago"),
    (re.compile(r"(Active +)\d+d"), r"\g<1>329d"),
    (re.compile(r"clock: \S+ from"), "clock: 0 from"),
    (re.compile(r"(\d{18})-\d{10}"), r"\1-1767323045"),
    (re.compile(r"(request id\s+00000000-0000-0000-0000-)\d{12}"), r"\g<1>000000000001"),
    (re.compile(r"\b\d+ ?ms\b"), "20 ms"),
    (re.compile(r"\b\d+s 前"), "2s 前"),
    (re.compile(r"\b5[6-9]m 后"), "59m 后"),
    (re.compile(r"(请求 ID\s+00000000-0000-0000-0000-)\d{12}"), r"\g<1>000000000001"),
    # How often kubectl tries again, and what it says of that, is its version's.
    (re.compile(r"^credential_provider: error: failed 2s ago, .*\n(?:  .*\n)*", re.MULTILINE), ""),
    (re.compile(r"^credential_provider: 错误: 2s 前失败，.*\n(?:  .*\n)*", re.MULTILINE), ""),
    (re.compile(r"^[EI]\d{4} .*\n", re.MULTILINE), ""),
]


def folder_of_programs(home):
    """Where the programs are as people have them: both, and kubectl-ack."""
    folder = home / "bin"
    folder.mkdir()
    for name in ("credential_provider", "kubeconfig_writer"):
        shutil.copy(ROOT / "bazel-bin" / name / name, folder)
    (folder / "kubectl-ack").symlink_to("kubeconfig_writer")
    (folder / "kubectl_complete-ack").symlink_to("kubeconfig_writer")
    return folder


class Stage:
    """The sandbox and a home folder, for one scene at one width."""

    def __init__(self, folder, columns):
        self.home = pathlib.Path(folder) / "me"
        self.home.mkdir()
        world = pathlib.Path(folder) / "world"
        world.mkdir()
        self.sandbox = subprocess.Popen([ROOT / "bazel-bin/tests/sandbox/sandbox", "--dir", world, "--lifetime", "300"],
                                        stdout=subprocess.DEVNULL)
        for _ in range(400):
            if (world / "sandbox.json").exists():
                break
            time.sleep(0.05)
        self.places = json.loads((world / "sandbox.json").read_text())
        self.columns = columns
        self.env = {
            "HOME": str(self.home), "PATH": f"{folder_of_programs(self.home)}:{os.environ['PATH']}", "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "ALIBABA_CLOUD_STS_ENDPOINT": self.places["cloud"],
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "CREDENTIAL_PROVIDER_CS_ENDPOINT": self.places["cloud"],
            "CREDENTIAL_PROVIDER_STORE": "disk"}

        # As `aliyun configure` leaves it: two accounts, of which the first is the current one.
        profiles = [{"name": name, "mode": "AK", "access_key_id": f"sandbox-{who}",
                     "access_key_secret": f"sandbox-{who}-secret", "region_id": "cn-hangzhou"}
                    for name, who in (("work", "alice"), ("shop", "stranger"))]
        (self.home / ".aliyun").mkdir()
        (self.home / ".aliyun" / "config.json").write_text(json.dumps({"current": "work", "profiles": profiles}))

    def close(self):
        self.sandbox.send_signal(signal.SIGTERM)
        self.sandbox.wait()

    def post(self, path, body):
        urllib.request.urlopen(self.places["control"] + path, data=body.encode(), timeout=10).read()

    def type(self, line):
        """What a terminal shows of a command, and its status when that is not 0."""
        shell = f"stty cols {self.columns} rows 50; {line}"
        with tempfile.NamedTemporaryFile() as log:
            status = subprocess.run(["script", "-qefc", f"sh -c {quoted(shell)}", log.name], env=self.env, cwd=self.home,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=SECONDS, check=False).returncode
            shown = pathlib.Path(log.name).read_bytes().decode(errors="replace")
        shown = re.sub(r"^Script started[^\n]*\n|\n?Script done[^\n]*\n$", "", shown).replace("\r\n", "\n")
        # A line of progress that was drawn over is not there in the end.
        shown = "\n".join(re.sub(r".*\r(\x1b\[K)?", "", row) for row in shown.strip("\n").split("\n"))
        return shown + (f"\n[exit status {status}]" if status else "")

    def replaced(self, text):
        text = text.replace(str(self.home), "~")
        for pattern, instead in REPLACED:
            text = pattern.sub(instead, text)
        return "\n".join(row.rstrip() for row in text.split("\n"))


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def play(scene, columns):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        stage = Stage(folder, columns)
        try:
            shown = []
            for line in scene.read_text().splitlines():
                if line.startswith(">POST "):
                    _, path, body = line.split(" ", 2)
                    stage.post(path, (SCENES / body[1:]).read_text() if body.startswith("@") else body)
                elif line.startswith(">SET "):
                    _, name, value = line.split(" ", 2)
                    stage.env[name] = value
                elif line.startswith(">WAIT "):
                    time.sleep(float(line[6:]))
                elif line.startswith("$ "):
                    shown += [line] + list(filter(None, [stage.type(line[2:])]))
                else:
                    shown.append(line)
            return stage.replaced("\n".join(shown)).rstrip() + "\n"
        finally:
            stage.close()


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def picture(text):
    """A terminal of 80 columns as SVG, each run of a line where its column is."""
    rows = text.rstrip("\n").split("\n")
    cell, line, margin = 8.4, 19, 14
    wide, high = round(80 * cell + 2 * margin), len(rows) * line + 2 * margin
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
           f'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
           f'<rect width="{wide}" height="{high}" rx="8" fill="#161b22"/>']
    for number, row in enumerate(rows):
        colour = "#7ee787" if row.startswith("$ ") else "#8b949e" if row.startswith("#") else "#e6edf3"
        if row:
            out.append(f'<text x="{margin}" y="{margin + line * number + 14}" fill="{colour}" xml:space="preserve" '
                       f'textLength="{round(width(row) * cell, 1)}" lengthAdjust="spacingAndGlyphs">{html.escape(row)}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def results(names):
    """Each file that a scene makes, and what it should hold now."""
    for scene in sorted(SCENES.glob("*.scene")):
        if names and scene.stem not in names:
            continue
        for columns in WIDTHS:
            text = play(scene, columns)
            yield TRANSCRIPTS / f"{scene.stem}.{columns}.txt", text
            if columns == 80 and scene.stem in PICTURES:
                path, end = PICTURES[scene.stem]
                yield path, picture(text.partition(f"\n{end}\n")[0])


def main():
    names = [name for name in sys.argv[1:] if name != "--write"]
    counts = {True: 0, False: 0}
    for path, text in results(names):
        if "--write" in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        kept = path.read_text() if path.exists() else ""
        counts[kept == text] += 1
        if kept != text:
            print(f"FAILED: {path.relative_to(ROOT)}: another text; look at it and write it anew with --write")
            sys.stdout.writelines(difflib.unified_diff(kept.splitlines(True), text.splitlines(True), "kept", "shown"))
        too_wide = [row for row in text.split("\n") if path.suffix == ".txt" and ".80." in path.name and width(row) > 80
                    and not row.startswith(OF_KUBECTL)]
        if path.suffix == ".txt":
            counts[not too_wide] += 1
        for row in too_wide:
            print(f"FAILED: {path.name}: wider than the terminal: {row}")
    print(f"{counts[True]} passed, {counts[False]} failed")
    return counts[False] > 0


if __name__ == "__main__":
    raise SystemExit(main())
