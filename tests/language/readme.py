#!/usr/bin/env python3
"""Holds docs/README.zh_CN.md against README.md, of which it is the translation.

A change of one that the other lacks is mostly seen in its form. Both are cut at their headings, and section by section
these must be the same:
  headings   as many, of the same levels
  tables     as many, with as many rows
  code       line by line, but for comments: what follows "# "; a path in a comment is the same as well
  links      where they lead, seen from the root of the repository
  images     the same
  backticks  the same commands and names, in whatever order
  numbers    each of the English is in the Chinese, which may have more ("11 月")
README.md must also link to the translation, and the translation back. These two links are not compared.
It also sees itself fail: on two small documents in memory, and on each thing above changed in the second. Ends with
"N passed, N failed".
"""
import collections
import pathlib
import posixpath
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENGLISH = "README.md"
CHINESE = "docs/README.zh_CN.md"
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
COMMENT = re.compile(r"(^|\s)# (.*)")
PATH = re.compile(r"[\w.-]*/[\w./-]+")

Section = collections.namedtuple("Section", "title level tables code links images backticks numbers")


def target(link, folder):
    """Where a link of a document in this folder leads, from the root of the repository."""
    if re.match(r"\w+:", link):
        return link
    path, mark, anchor = link.partition("#")
    return posixpath.normpath(posixpath.join(folder, path)) + mark + anchor


def code_line(line):
    """A line of a block of code without what its comment says, but with the paths that are in it."""
    comment = COMMENT.search(line)
    return (line[:comment.start(2)], *PATH.findall(comment[2])) if comment else (line,)


def cut(text):
    """The sections of a document: heading, lines of prose, lines of code. Before the first heading it is level 0."""
    sections, inside = [("", [], [])], False
    for line in text.split("\n"):
        fence = line.startswith("```")
        heading = not inside and re.match(r"(#+) ", line)
        if heading:
            sections.append((line, [], []))
        sections[-1][2 if fence or inside else 1].append(line)
        inside = inside != fence
    return sections


def tables(lines):
    """The number of rows of each table."""
    rows = "".join("|" if line.startswith("|") else " " for line in lines)
    return [len(table) for table in rows.split()]


def read(text, name):
    """What is compared of each section of the document of this name."""
    sections = []
    for heading, prose, code in cut(text):
        body = "\n".join(prose)
        found = [(image, target(link, posixpath.dirname(name))) for image, _, link in LINK.findall(body)]
        shown = LINK.sub(r"\2", body)
        sections.append(Section(
            heading.lstrip("# "),
            len(heading) - len(heading.lstrip("#")),
            tables(prose),
            [code_line(line) for line in code],
            sorted(path for image, path in found if not image and path not in (ENGLISH, CHINESE)),
            [path for image, path in found if image],
            sorted(re.findall(r"`([^`]+)`", shown)),
            collections.Counter(re.findall(r"\d+(?:[.,]\d+)*", shown)),
        ))
    return sections


def links_to(text, name, other):
    return any(not image and target(link, posixpath.dirname(name)) == other for image, _, link in LINK.findall(text))


def difference(ours, theirs):
    """What only the one has and what only the other has, of two lists."""
    one, two = collections.Counter(ours), collections.Counter(theirs)
    return f"only {ENGLISH}: {list((one - two).elements())}; only {CHINESE}: {list((two - one).elements())}"


def compare(english, chinese):
    """Pairs of what was looked at and what is wrong with it, nothing if it is as it should be."""
    looked_at = [
        ("link there", "" if links_to(english, ENGLISH, CHINESE) else f"{ENGLISH} does not link to {CHINESE}"),
        ("link back", "" if links_to(chinese, CHINESE, ENGLISH) else f"{CHINESE} does not link to {ENGLISH}"),
    ]
    ours, theirs = read(english, ENGLISH), read(chinese, CHINESE)
    levels = [[section.level for section in sections] for sections in (ours, theirs)]
    looked_at.append(("headings", "" if levels[0] == levels[1] else f"levels of headings: {levels[0]} and {levels[1]}"))
    if levels[0] != levels[1]:
        return looked_at
    for one, two in zip(ours, theirs):
        for name in ("tables", "code", "links", "images", "backticks"):
            a, b = getattr(one, name), getattr(two, name)
            looked_at.append((name, "" if a == b else f"{one.title} / {two.title}: {name}: {difference(a, b)}"))
        lost = list((one.numbers - two.numbers).elements())
        looked_at.append(("numbers", f"{one.title} / {two.title}: numbers: only {ENGLISH}: {lost}" if lost else ""))
    return looked_at


PLANTED_ENGLISH = """# A
[zh](docs/README.zh_CN.md)
![p](docs/p.svg) [b](docs/b.md#c), `d e` 0.4 ms
## B
| | |
| --- | --- |
| x | y |
```console
$ run it   # see ./a/b
```
"""
PLANTED_CHINESE = """# 甲
[英文](../README.md)
![图](p.svg) [乙](b.md#c)、`d e` 0.4 ms 11 月
## 乙
| | |
| --- | --- |
| 某 | 某 |
```console
$ run it   # 见 ./a/b
```
"""
# What is changed in the Chinese, into what, and which comparisons see it.
PLANTED = [
    ("(../README.md)", "(../LICENSE)", ["link back", "links"]),
    ("## 乙", "### 乙", ["headings"]),
    ("## 乙\n", "", ["headings"]),
    ("| 某 | 某 |\n", "", ["tables"]),
    ("| 某 | 某 |\n", "\n| 某 | 某 |\n", ["tables"]),
    ("$ run it ", "$ run ", ["code"]),
    ("# 见 ./a/b", "# 见 ./a/c", ["code"]),
    ("   # 见 ./a/b", "", ["code"]),
    ("```console", "```", ["code"]),
    ("(b.md#c)", "(b.md)", ["links"]),
    ("(b.md#c)", "(docs/b.md#c)", ["links"]),
    ("(p.svg)", "(q.svg)", ["images"]),
    ("![图]", "[图]", ["links", "images"]),
    ("`d e`", "`d`", ["backticks"]),
    ("0.4", "0.5", ["numbers"]),
]


def sees_itself_fail():
    def seen(english, chinese):
        return [name for name, fault in compare(english, chinese) if fault]
    return (
        seen(PLANTED_ENGLISH, PLANTED_CHINESE) == []
        and seen(PLANTED_ENGLISH.replace("(docs/README.zh_CN.md)", "(README.md)"), PLANTED_CHINESE) == ["link there"]
        and all(PLANTED_CHINESE.count(old) == 1 for old, _, _ in PLANTED)
        and all(seen(PLANTED_ENGLISH, PLANTED_CHINESE.replace(old, new)) == names for old, new, names in PLANTED)
    )


def main():
    looked_at = compare((ROOT / ENGLISH).read_text(), (ROOT / CHINESE).read_text())
    looked_at.append(("itself", "" if sees_itself_fail() else "this script does not see what it is for"))
    faults = [fault for _, fault in looked_at if fault]
    for fault in faults:
        print(fault)
    print(f"{len(looked_at) - len(faults)} passed, {len(faults)} failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
