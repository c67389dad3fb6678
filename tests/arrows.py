#!/usr/bin/env python3
"""Fails when the folders of the two programs use each other otherwise than ARCHITECTURE.md says.

A table there has a row for each folder: its name, a sentence, and the folders whose headers it includes. This reads every
#include and reports: a folder without a row, a row without a folder, an arrow that is not listed, one that is listed
and not drawn, a circle, and a folder that has grown too large to be taken in. Before that it sees itself fail: on an arrow
planted in memory. Ends with "N passed, N failed".
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = ["credential_provider", "kubeconfig_writer"]
ROW = re.compile(r"^\| `((?:%s)(?:/[\w/]+)?)/` \| .+ \| (.*) \|$" % "|".join(PROGRAMS), re.MULTILINE)
INCLUDE = re.compile(r'^#include "((?:%s)/[^"]+)"' % "|".join(PROGRAMS), re.MULTILINE)
LARGEST = 14  # pairs of header and source
MAY_BE_LARGER = {"credential_provider/commands": 17, "kubeconfig_writer/commands": 24, "kubeconfig_writer/entries": 15}


def folder_of(path):
    folder = str(pathlib.PurePath(path).parent)
    return re.sub(r"/platform/(linux|darwin)$", "/platform", folder)


def read_sources():
    return {
        str(path.relative_to(ROOT)): path.read_text()
        for program in PROGRAMS
        for path in sorted((ROOT / program).rglob("*"))
        if path.suffix in (".cc", ".h")
    }


def drawn(sources):
    """The folders that each folder includes headers of, with a file that does."""
    arrows = collections.defaultdict(dict)
    for path, text in sources.items():
        arrows[folder_of(path)]
        for included in INCLUDE.findall(text):
            if folder_of(included) != folder_of(path):
                arrows[folder_of(path)].setdefault(folder_of(included), path)
    return arrows


def listed(document):
    """The folders that each folder may use. In a row, those of the same program stand without its name."""
    arrows = {}
    for folder, uses in ROW.findall(document):
        names = re.findall(r"`([\w/]+)`", uses)
        program = folder.split("/")[0]
        arrows[folder] = {name if name.split("/")[0] in PROGRAMS else f"{program}/{name}" for name in names}
    return arrows


def circle(arrows):
    """A list of folders that lead back to the first, or nothing."""
    done = set()

    def walk(folder, path):
        if folder in path:
            return path[path.index(folder):] + [folder]
        if folder in done:
            return None
        for other in arrows.get(folder, ()):
            found = walk(other, path + [folder])
            if found:
                return found
        done.add(folder)
        return None

    return next(filter(None, (walk(folder, []) for folder in sorted(arrows))), None)


def faults_of(sources, document):
    is_drawn, is_listed = drawn(sources), listed(document)
    for folder in sorted(is_drawn.keys() - is_listed.keys()):
        yield f"{folder}/ has no row in ARCHITECTURE.md"
    for folder in sorted(is_listed.keys() - is_drawn.keys()):
        yield f"{folder}/ has a row in ARCHITECTURE.md and no files"
    for folder in sorted(is_drawn.keys() & is_listed.keys()):
        for other, path in sorted(is_drawn[folder].items()):
            if other not in is_listed[folder]:
                yield f"{path}: {folder}/ may not use {other}/: ARCHITECTURE.md does not list it"
        for other in sorted(is_listed[folder] - is_drawn[folder].keys()):
            yield f"{folder}/ does not use {other}/, which ARCHITECTURE.md lists"
    found = circle(is_drawn)
    if found:
        yield "a circle: " + " -> ".join(found)
    pairs = collections.defaultdict(set)
    for path in sources:
        pairs[folder_of(path)].add(pathlib.PurePath(path).stem)
    for folder, names in sorted(pairs.items()):
        if len(names) > MAY_BE_LARGER.get(folder, LARGEST):
            yield f"{folder}/ has {len(names)} pairs of files: cut it by subject"


def sees_a_planted_arrow(sources, document):
    planted = dict(sources)
    planted["credential_provider/base/planted.h"] = '#include "credential_provider/issuers/registry.h"\n'
    found = list(faults_of(planted, document))
    return any("base/ may not use credential_provider/issuers/" in fault for fault in found) and any(
        fault.startswith("a circle") for fault in found
    )


def main():
    sources, document = read_sources(), (ROOT / "ARCHITECTURE.md").read_text()
    faults = list(faults_of(sources, document))
    if not sees_a_planted_arrow(sources, document):
        faults.append("an arrow that was planted is not seen")
    print(*faults, sep="\n", end="\n" if faults else "")
    passed = sum(len(others) for others in drawn(sources).values()) + 1
    print(f"{passed} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
