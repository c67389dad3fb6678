#!/usr/bin/env python3
"""usage: VERSION= RELEASED= ADDRESS= PACKAGES= papers.py TAR FILE...

Packs the documents in FILE..., each under its path in the source. A link to a file that is not packed leads to the
project's page, and where it has none is text. ADDRESS/ in a document is the address of that page.
"""
import calendar
import io
import os
import posixpath
import re
import sys
import tarfile
import time

BLOCK = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)  # of code, where brackets are no link
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")


def rewritten(text, path, packed, address, version):
    """Returns the Markdown `text` of `path` with links that lead somewhere."""
    def link(match):
        picture, label, target = match.groups()
        file, hash_mark, anchor = target.partition("#")
        if not file or re.match(r"[a-z]+:", target):
            return match.group(0)
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        if whole in packed:
            return match.group(0)
        return f"{picture}[{label}]({address}/blob/v{version}/{whole}{hash_mark}{anchor})" if address else label
    if address:
        text = text.replace("ADDRESS/packages", os.environ["PACKAGES"]).replace("ADDRESS/", address + "/")
    return "".join(part if BLOCK.fullmatch(part) else LINK.sub(link, part) for part in BLOCK.split(text))


def member(name, content, released):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mtime = calendar.timegm(time.strptime(released, "%Y-%m-%d"))
    return info, io.BytesIO(content)


def main():
    tar, *files = sys.argv[1:]
    version, released, address = (os.environ[name] for name in ("VERSION", "RELEASED", "ADDRESS"))
    papers = {posixpath.normpath(file): file for file in files}
    with tarfile.open(tar, "w", format=tarfile.USTAR_FORMAT) as archive:
        for path, file in sorted(papers.items()):
            with open(file, "rb") as stream:
                content = stream.read()
            if path.endswith(".md"):
                content = rewritten(content.decode(), path, papers, address.rstrip("/"), version).encode()
            archive.addfile(*member(path, content, released))


if __name__ == "__main__":
    main()
