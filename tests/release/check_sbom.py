#!/usr/bin/env python3
"""usage: check_sbom.py SBOM SOURCES_BZL FOLDER VERSION_TEXT
Fails unless SBOM has what SPDX 2.3 requires, names each library of SOURCES_BZL that is in a program, OpenSSL and curl in the
versions of VERSION_TEXT (what `version` says), the OpenSSL that the programs in FOLDER have, and the checksums of those."""
import hashlib
import json
import os
import re
import sys


def check(condition, reason):
    if not condition:
        sys.exit("sbom: " + reason)


def read(path):
    with open(path, "rb") as stream:
        return stream.read()


sbom_path, sources_bzl, folder, version_text = sys.argv[1:]
sbom = json.loads(read(sbom_path))

for field, value in {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT"}.items():
    check(sbom[field] == value, f"{field}: is not {value}")
check(re.fullmatch(r"https://[^#\s]+", sbom["documentNamespace"]), "documentNamespace: is no URI")
check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", sbom["creationInfo"]["created"]), "created: is no time")
check(sbom["creationInfo"]["creators"] and sbom["name"], "creators or name: is missing")

elements = sbom["packages"] + sbom["files"]
ids = [element["SPDXID"] for element in elements]
check(len(set(ids)) == len(ids), "SPDXID: is given twice")
check(all(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", spdx_id) for spdx_id in ids), "SPDXID: has other characters")
for package in sbom["packages"]:
    check(package["name"] and package["downloadLocation"] and package["filesAnalyzed"] is False, package["SPDXID"])
for relationship in sbom["relationships"]:
    for end in ("spdxElementId", "relatedSpdxElement"):
        check(relationship[end] in ids + ["SPDXRef-DOCUMENT"], f"{relationship[end]}: is not there")
check(any(r["relationshipType"] == "DESCRIBES" for r in sbom["relationships"]), "nothing is described")

versions = {package["name"]: package["versionInfo"] for package in sbom["packages"]}
sources = re.findall(r'^    "(\w+)": struct\((.*?)^    \)', read(sources_bzl).decode(), re.S | re.M)
linked = {name for name, source in sources if "licence = None" not in source}
check(len(linked) >= 5, "sources.bzl was not understood")
check(linked | {"libc++"} <= set(versions), f"missing: {sorted(linked - set(versions))}")
check("musl" in versions or "-linux-" not in sbom["name"], "missing: musl")
check("googletest" not in versions, "googletest: is in no program")
check(all(re.fullmatch(r"[0-9][0-9a-z.]*", version) for version in versions.values()), f"versions: {versions}")

said = dict(line.split() for line in version_text.splitlines())
check(versions["openssl"] == said["OpenSSL"], "openssl: is not what `version` says")
check(versions["curl"] == said["curl"], "curl: is not what `version` says")

check(len(sbom["files"]) == 2, "files: are not two")
for file in sbom["files"]:
    content = read(os.path.join(folder, os.path.basename(file["fileName"])))
    check(f"OpenSSL {versions['openssl']} ".encode() in content, f"{file['fileName']}: has another OpenSSL")
    for checksum in file["checksums"]:
        digest = hashlib.new(checksum["algorithm"].lower(), content).hexdigest()
        check(digest == checksum["checksumValue"], f"{file['fileName']}: {checksum['algorithm']} differs")
print(f"{len(versions)} packages, {len(sbom['files'])} programs")
