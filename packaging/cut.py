#!/usr/bin/env python3
"""usage: cut.py VERSION [DATE]

Makes the source that of the release VERSION: its number and date (today, if not given) in packaging/version.bzl, what is
[Unreleased] in packaging/CHANGELOG.md becomes [VERSION] - DATE, and documents call its files by it. Changes the working
tree and nothing else: read the difference, commit it, and `packaging/release.sh VERSION` does the rest.
"""
import datetime
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("CUT_IN", pathlib.Path(__file__).resolve().parent.parent))
DOCUMENTS = ["README.md", "docs/*.md", "examples/*"]
EMPTY = "## [Unreleased]\n\n"


class Refused(Exception):
    """What is wrong, and what to do about it."""


def number(version):
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Refused(f"{version} is no version", "give three numbers, such as 0.2.0")
    return tuple(map(int, version.split(".")))


def cut_version(text, version, date):
    old = re.search(r'^VERSION = "(.*)"', text, re.M).group(1)
    if number(version) <= number(old):
        raise Refused(f"{version} is not newer than {old}", "packaging/version.bzl says which one was the last")
    text = re.sub(r'^VERSION = ".*?"', f'VERSION = "{version}"', text, flags=re.M)
    return old, re.sub(r'^RELEASED = ".*?"', f'RELEASED = "{date}"', text, flags=re.M)


def cut_changelog(text, version, date):
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    if not unreleased or not unreleased.group(1).strip():
        raise Refused("packaging/CHANGELOG.md has nothing under [Unreleased]", "write what is new first")
    return text.replace("## [Unreleased]\n", f"{EMPTY}## [{version}] - {date}\n", 1)


def cut_document(text, old, version, date):
    """What a file, an image or an action of the release is called, and the line in README that names the release."""
    called = r"credential_provider-|credential-provider[-_]|kubectl-ack[-:@]|/v|action@v|\bversion: "
    text = re.sub(rf"({called}){re.escape(old)}(?!\d)", rf"\g<1>{version}", text)
    day = datetime.date.fromisoformat(date)
    text = re.sub(rf"版本 {re.escape(old)}，\d+ 年 \d+ 月", f"版本 {version}，{day.year} 年 {day.month} 月", text)
    return re.sub(rf"version {re.escape(old)}, of \w+ \d{{4}}", f"version {version}, of {day:%B %Y}", text)


def main(version, date=None):
    date = date or datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    files = {path: path.read_text(encoding="utf-8") for pattern in DOCUMENTS for path in ROOT.glob(pattern)
             if path.name != "releasing.md"}  # which has an example of a next version
    number_file, changelog = ROOT / "packaging/version.bzl", ROOT / "packaging/CHANGELOG.md"
    old, changed = cut_version(number_file.read_text(encoding="utf-8"), version, date)
    new = {number_file: changed, changelog: cut_changelog(changelog.read_text(encoding="utf-8"), version, date)}
    new.update({path: cut_document(text, old, version, date) for path, text in files.items()})
    for path, text in new.items():
        if files.get(path) != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    try:
        if len(sys.argv) not in (2, 3):
            raise Refused("no version was given", "packaging/cut.py VERSION [DATE]")
        main(*sys.argv[1:])
    except Refused as refused:
        sys.exit("error: {}\nhint: {}".format(*refused.args))
