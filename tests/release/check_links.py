#!/usr/bin/env python3
"""usage: check_links.py FOLDER

Fails when a link in the Markdown files of FOLDER leads to a file that is not in it, or to a heading that its page lacks.
"""
import pathlib
import re
import sys


def prose(page):
    """A page without its blocks of code, where brackets are no links and # begins a comment."""
    return re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(text):
    """How pages call their headings."""
    for heading in re.findall(r"^#+ (.*)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")


def faults(page, folder):
    for target in re.findall(r"\]\(([^()\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or folder not in there.parents:
            yield f"{page.relative_to(folder)}: {target}: is not there"
        elif anchor and anchor not in anchors(prose(there)):
            yield f"{page.relative_to(folder)}: {target}: has no such heading"


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = [page for page in folder.rglob("*.md") if page.is_file()]
    found = [fault for page in pages for fault in faults(page, folder)]
    print("\n".join(found) or f"{len(pages)} pages")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
