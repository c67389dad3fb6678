#!/usr/bin/env python3
"""usage: ways_in.py FOLDER

Fills in packaging/install.sh and the files of packaging/ways_in with the facts of the release in FOLDER: its version, its
address, the sums of its archives and the public keys that are there. They go to FOLDER.
"""
import base64
import hashlib
import pathlib
import re
import sys

import facts

TEMPLATES = facts.ROOT / "packaging/ways_in"
PLACEHOLDER = re.compile(r"@([A-Z][A-Za-z0-9_]*)@")


def values(folder):
    """Returns the value of each placeholder."""
    keys = {name: (folder / name).read_text(encoding="ascii") for name in ("minisign.pub", "cosign.pub")}
    found = {name: getattr(facts, name) for name in ("VERSION", "ADDRESS", "DOWNLOADS")}
    found["MINISIGN_KEY"] = keys["minisign.pub"].splitlines()[1]
    found["COSIGN_KEY"] = keys["cosign.pub"].strip()
    for target in facts.TARGETS:
        name = target.replace("-", "_")
        sha256 = hashlib.sha256((folder / facts.krew_archive(target)).read_bytes())
        found["SHA256_krew_" + name] = sha256.hexdigest()
        sha256 = hashlib.sha256((folder / facts.tarball(target)).read_bytes())
        found["SHA256_" + name] = sha256.hexdigest()
        found["SRI_" + name] = "sha256-" + base64.b64encode(sha256.digest()).decode()
    return found


def fill(template, output, found):
    text = template.read_text(encoding="utf-8")
    output.write_text(PLACEHOLDER.sub(lambda match: found[match.group(1)], text), encoding="utf-8")
    output.chmod(template.stat().st_mode & 0o755 | 0o644)


def main(folder):
    found = values(folder)
    for template in (facts.ROOT / "packaging/install.sh", *TEMPLATES.iterdir()):
        fill(template, folder / template.name, found)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
