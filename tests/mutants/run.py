#!/usr/bin/env python3
"""Plants the faults of tests/mutants/mutants.json one at a time and tells whether a test notices each.

    tests/mutants/run.py [NAME]...

Works on a copy of the tree, with an output base of its own that is kept for the next run; the first build of that takes as long as
any first build. A fault whose text is not there any more, or that does not build, is a failure: mend its description.
Ends with "N passed, N failed": passed is a fault that was noticed.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "credential_provider_tests"
TESTS_FAILED = 3  # bazel's exit status when all was built and a test failed


def copy_of_the_tree(folder):
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    # What tests/setup.sh has written for this machine is not part of the repository.
    for name in [*names.decode().split("\0"), ".bazelrc.machine"]:
        if not name or not (ROOT / name).exists():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)


def run_tests(folder, targets):
    base = CACHE / ("mutants." + hashlib.sha256(str(ROOT).encode()).hexdigest()[:12])
    base.mkdir(parents=True, exist_ok=True)
    command = ["bazel", f"--output_base={base}", "--max_idle_secs=60", "test", "-c", "opt", "--test_env=PATH", "--test_output=errors",
               "--cache_test_results=no", *targets]
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def plant(folder, mutant):
    """Returns the text before, or None where the place of the fault is not to be found, or not unique."""
    path = folder / mutant["file"]
    before = path.read_text()
    if before.count(mutant["old"]) != 1:
        return None
    path.write_text(before.replace(mutant["old"], mutant["new"]))
    return before


def verdict(folder, mutant):
    before = plant(folder, mutant)
    if before is None:
        return "its text is not in the file exactly once"
    result = run_tests(folder, mutant["tests"])
    (folder / mutant["file"]).write_text(before)
    if result.returncode == TESTS_FAILED:
        return ""
    if result.returncode == 0:
        return "no test noticed"
    return "does not build: " + (result.stderr.strip().splitlines() or ["?"])[-1]


def main():
    mutants = json.loads((ROOT / "tests/mutants/mutants.json").read_text())
    chosen = [m for m in mutants if len(sys.argv) == 1 or m["name"] in sys.argv[1:]]
    passed, failed = 0, 0
    # One place for the copy: bazel's workspace belongs to its path, and with it what was built.
    folder = pathlib.Path(tempfile.gettempdir()) / f"credential_provider_mutants.{os.getuid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        copy_of_the_tree(folder)
        targets = sorted({target for mutant in chosen for target in mutant["tests"]})
        unharmed = run_tests(folder, targets)
        if unharmed.returncode != 0:
            print(unharmed.stdout[-3000:], unharmed.stderr[-3000:], "without any fault, the tests do not pass", sep="\n")
            print("0 passed, 1 failed")
            return 1
        for mutant in chosen:
            begin = time.monotonic()
            fault = verdict(folder, mutant)
            passed, failed = (passed, failed + 1) if fault else (passed + 1, failed)
            print(f"{'SURVIVED' if fault else 'noticed '} {time.monotonic() - begin:5.0f} s  {mutant['name']}{': ' + fault if fault else ''}",
                  flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
