#!/usr/bin/env python3
"""Fails when a test that a document names does not exist.

SECURITY.md, docs/store_format.md and tests/reported_faults.md promise things and name what shows each of them, in
backticks: a case of a test program (`Suite.Case`), a file or folder (`tests/…`, `testdata/…`), or a case of testdata/cli
(`cli/PROGRAM/COMMAND/NAME`). `.cc` and `.case` may be left out. Ends with "N passed, N failed".
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = ["SECURITY.md", "docs/store_format.md", "tests/reported_faults.md"]
CASE = re.compile(r"^[A-Z]\w*\.[A-Z]\w*$")
DEFINITION = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)


def gtest_cases():
    cases = set()
    for source in (ROOT / "tests").rglob("*.cc"):
        for suite, case in DEFINITION.findall(source.read_text()):
            cases.add(f"{suite}.{case}")
    return cases


def exists(name, cases):
    if CASE.match(name):
        return name in cases
    path = ROOT / ("testdata/" + name if name.startswith("cli/") else name)
    return any(path.with_name(path.name + suffix).exists() for suffix in ("", ".cc", ".case"))


def names_in(text):
    """The names of tests in a document; what else stands in backticks is left alone."""
    for name in re.findall(r"`([^`\n]+)`", text):
        if CASE.match(name) or re.match(r"^(tests|testdata|cli)/[\w./-]+$", name):
            yield name


def rows_without_a_test(document, text):
    """Rows of the table of reported faults that name no test and give no reason ("no test: …")."""
    if not document.endswith("reported_faults.md"):
        return
    for line in text.splitlines():
        if re.match(r"^\| [A-Z]\d+\w* \|", line) and not any(names_in(line)) and "no test:" not in line:
            yield f"row {line.split('|')[1].strip()} names no test"


def main():
    cases = gtest_cases()
    passed, faults = 0, []
    for document in DOCUMENTS:
        text = (ROOT / document).read_text()
        for name in names_in(text):
            if exists(name, cases):
                passed += 1
            else:
                faults.append(f"{document}: {name}: no such test")
        faults.extend(f"{document}: {row}" for row in rows_without_a_test(document, text))
    for fault in faults:
        print(fault)
    print(f"{passed} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
