#!/usr/bin/env python3
"""Runs every line of commands in README, docs/ and examples/ against the sandbox, page by page, each in a home of its own.

    tests/documents/run.sh bazel-bin [PAGE]...

A page is a scene: its lines are run in their order, and what it shows below a line has to be printed. scenes.py says what is
there before, what a reader fills in, and which lines are not run; all others are. Looks besides whether links and paths lead
somewhere, whether every page is found from README, and whether the commands and flags that are named exist. Ends with "N passed, N failed,
N skipped".
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
for folder in ("tests/examples", "tests/release"):
    sys.path.insert(0, str(ROOT / folder))

import check_links  # of tests/release
from pages import all_pages, lines_of_commands, missing_from, reached, spans, text_of
from scenes import NOT_RUN, SCENES, Home, Scene
from world import Facts, Skipped, must

BUILT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else sys.exit(__doc__)
PAGES = sys.argv[2:] or [page for page in all_pages() if list(lines_of_commands(page))]
PROGRAMS = ("kubectl ack", "kubeconfig_writer", "credential_provider")
MAY_BE_MISSING = ("minisign", "gpg")
# Of other programs, which the documents name: aliyun's, any plugin's, ack-ram-tool's.
OTHER_FLAGS = {"--mode", "--token", "--sts-endpoint", "--profile-name", "--profile-file", "--ignore-env-credentials", "--credential-type",
               "--ignore-aliyun-cli-credentials", "--region-id", "--expiration", "--private-address"}
# Whose backticks are not of commands that a person types: file formats, and documents for developers.
NOT_OF_COMMANDS = ("docs/store_format.md", "docs/releasing.md", "docs/tests.md", "ARCHITECTURE.md", ".github/", "packaging/", "tests/",
                   "testdata/")


def not_run(line):
    """The row of the table that a line is in; the longest, where several are."""
    rows = [row for row in NOT_RUN if row.page in ("*", line.page) and line.command.startswith(row.line)]
    return max(rows, key=lambda row: len(row.line), default=None)


def run(scene, line):
    program = line.command.split()[0]
    if program in MAY_BE_MISSING and not shutil.which(program, path=scene.env["PATH"]):
        raise Skipped(f"there is no {program}")
    status, printed = scene.type(line.command)
    must(status == scene.expected_status(line.command), f"status {status}\n{printed}")
    missing = missing_from(line.shown, printed)
    must(not missing, "shown in the document and not printed:\n{}\n-- printed:\n{}".format("\n".join(missing), printed))


def play(facts, page):
    lines = list(lines_of_commands(page))
    if all(map(not_run, lines)):
        scene = None
    else:
        world = Home(BUILT)
        scene = SCENES.get(page, Scene)(world)
    try:
        for line in lines:
            row, fact = not_run(line), f"{page}:{line.number}: {line.command}"
            if row:
                facts.check(f"{fact}: is not run ({row.reason}){', but by ' + row.suite if row.suite else ''}", is_true, row)
            else:
                facts.check(fact, run, scene, line)
    finally:
        if scene:
            facts.check(f"{page}: what is left at its end", scene.close)
            world.__exit__()


def is_true(row):
    """Whether the suite of a row has what it is said to have."""
    if row.suite:
        must(row.proof in text_of(row.suite), f"{row.suite} has no {row.proof!r}")


def table_is_used():
    lines = [line for page in all_pages() for line in lines_of_commands(page)]
    used = {not_run(line) for line in lines}
    unused = [row for row in NOT_RUN if row not in used]
    must(not unused, f"not run, but in no document: {unused}")


def links_lead_somewhere():
    faults = [fault for page in all_pages() for fault in check_links.faults(ROOT / page, ROOT)]
    must(not faults, "\n".join(faults))


def found_from_readme():
    pages = {page for page in all_pages() if page.startswith(("docs/", "examples/", "packaging/CHANGELOG")) or "/" not in page}
    must(not pages - reached(), f"nobody who begins at README finds {sorted(pages - reached())}")


def in_the_contents():
    contents = text_of("README.md").split("## Contents")[1].split("\n## ")[0]
    lost = [page for page in all_pages() if page.startswith("docs/") and page != "docs/README.zh_CN.md" and f"({page})" not in contents]
    must(not lost, f"not in README's contents: {lost}")


def paths_are_there():
    pattern = re.compile(r"(?:tests|packaging|testdata|examples|docs|third_party|credential_provider|kubeconfig_writer)/[\w./-]+")
    lost = [f"{page}: {word}" for page in all_pages() if not page.startswith("packaging/CHANGELOG") for span in spans(page)
            for word in span.split() if pattern.fullmatch(word) and not list(ROOT.glob(word.rstrip("/") + "*"))]
    must(not lost, "\n".join(lost))


def help_of(program, *command):
    path = BUILT / program / program
    return subprocess.run([path, *command, "--help"], env={"HOME": "/nonexistent"}, capture_output=True, text=True, check=False).stdout


def known_flags():
    """The flags of each command, by its words: of `install ack` those of `install ack`; of `install` those of all of its kinds."""
    known = {}
    for program in ("credential_provider", "kubeconfig_writer"):
        rows = re.findall(r"^  ([a-z]+(?:-[a-z]+)*)(?: (ack-token|ack|exec)\b)?", help_of(program), re.MULTILINE)
        for verb, kind in rows:
            flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(program, *filter(None, (verb, kind)))))
            known.setdefault(verb, set()).update(flags)
            known.setdefault(f"{verb} {kind}".strip(), set()).update(flags)
    return known


def names_that_exist():
    """The commands that documents name between backticks, and flags: of the command where one is named, else of any."""
    known = known_flags()
    every = set().union(*known.values()) | OTHER_FLAGS | set(re.findall(r"--[a-z][a-z-]+", text_of("packaging/install.sh")))
    verbs = {name.split()[0] for name in known} | {"version", "help"}
    wrong = []
    for page in all_pages():
        if page.startswith(NOT_OF_COMMANDS):
            continue
        for span in spans(page):
            words = span.split()
            program = next((name for name in PROGRAMS if span.startswith(name + " ")), None)
            words = words[len(program.split()):] if program else words
            if program and not words[0].startswith("-") and words[0] not in verbs and not words[0].isupper():
                wrong.append(f"{page}: `{span}`: no command {words[0]}")
            mine = known[words[0]] if words and words[0] in known else every
            ours = program or words[0] in known or words[0].startswith("--")
            for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]+(?![\w-]*[…*])", span.split(" -- ")[0]) if ours else ():
                if flag not in mine | {"--help"} | (OTHER_FLAGS if words[0] == flag else set()):
                    wrong.append(f"{page}: `{span}`: no flag {flag}")
    must(not wrong, "\n".join(wrong))


def sees_itself_fail():
    """What is shown and not printed is missed, and what may differ is not."""
    must(missing_from(["wrote context a"], "wrote context b") == ["wrote context a"])
    must(missing_from(["in all: 2 written"], "in all: 3 written") != [])
    must(not missing_from(["until  2026-01-02T11:04:05Z, in 8h", "access key LTAI… (9m ago)"],
                          "access key sandbox-bob (just now)\nuntil 2036-10-12T01:14:25Z, in 59m"))


def main():
    facts = Facts()
    if not sys.argv[2:]:
        facts.check("links lead to files and headings that are there", links_lead_somewhere)
        facts.check("paths of this source are there", paths_are_there)
        facts.check("every document is found from README", found_from_readme)
        facts.check("every page of docs/ is in README's contents", in_the_contents)
        facts.check("commands and flags that are named exist", names_that_exist)
        facts.check("what a document shows wrongly is seen", sees_itself_fail)
        facts.check("each line that is said not to be run is in a document", table_is_used)
    for page in PAGES:
        play(facts, page)
    return facts.finish()


if __name__ == "__main__":
    sys.exit(main())
