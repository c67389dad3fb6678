#!/usr/bin/env python3
"""Runs every line of commands in README, docs/ and examples/ against the sandbox, page by page, each in a home of its own.

    tests/documents/run.sh bazel-bin [PAGE]...

A page is a scene: its lines are run in their order, and what it shows below a line has to be printed. scenes.py says what is
there before, what a reader fills in, and which lines are not run; all others are. looked_up.py looks besides whether what the
documents name exists. Ends with "N passed, N failed, N skipped".
"""
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / folder) for folder in ("tests/examples", "tests/release", "packaging")]

import looked_up
from pages import all_pages, lines_of_commands, missing_from, text_of
from scenes import NOT_RUN, SCENES, Home, Scene
from world import Facts, Skipped, must

BUILT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else sys.exit(__doc__)
PAGES = sys.argv[2:] or [page for page in all_pages() if list(lines_of_commands(page))]
MAY_BE_MISSING = ("minisign", "gpg")


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


def sees_itself_fail():
    """What is shown and not printed is missed, and what may differ is not."""
    must(missing_from(["wrote context a"], "wrote context b") == ["wrote context a"])
    must(missing_from(["in all: 2 written"], "in all: 3 written") != [])
    must(not missing_from(["until  2026-01-02T11:04:05Z, in 8h", "access key LTAI… (9m ago)"],
                          "access key sandbox-bob (just now)\nuntil 2036-10-12T01:14:25Z, in 59m"))


def main():
    facts = Facts()
    if not sys.argv[2:]:
        for fact, function, *arguments in looked_up.facts(BUILT):
            facts.check(fact, function, *arguments)
        facts.check("what a document shows wrongly is seen", sees_itself_fail)
        facts.check("each line that is said not to be run is in a document", table_is_used)
    for page in PAGES:
        play(facts, page)
    return facts.finish()


if __name__ == "__main__":
    sys.exit(main())
