#!/usr/bin/env python3
"""usage: check_sbom.py SBOM THIRD_PARTY_BUILD FOLDER
Fails unless SBOM has what SPDX 2.3 requires, names the Debian package of each static library in the build file by its
installed version, and has the checksums of the programs in FOLDER."""
import hashlib
import json
import os
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def installed_version(package):
    return output("dpkg-query", "-W", "-f", "${Version}", package)


def packages_of_static_libraries(build_file):
    """Returns the packages of the archives that the programs are linked with, with their compiler's own."""
    with open(build_file) as stream:
        rules = re.findall(r"^cc_library\(.*?^\)", stream.read(), re.S | re.M)
    used = [rule for rule in rules if "testonly" not in rule]
    archives = re.findall(r"-l:(lib\w+\.a)", "".join(used)) + ["libabsl_base.a", "libstdc++.a", "libgcc.a"]
    paths = [os.path.realpath(output("gcc", "-print-file-name=" + archive).strip()) for archive in archives]
    return {output("dpkg", "-S", path).split(":")[0] for path in paths}


def check(condition, reason):
    if not condition:
        sys.exit("sbom: " + reason)


sbom_path, build_file, folder = sys.argv[1:]
with open(sbom_path) as stream:
    sbom = json.load(stream)

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
debian = {name: version for name, version in versions.items() if name != "credential_provider"}
for name, version in debian.items():
    check(version == installed_version(name), f"{name}: is not {version}")
missing = packages_of_static_libraries(build_file) | {"nlohmann-json3-dev"}
check(missing <= set(debian), f"missing: {sorted(missing - set(debian))}")

linked = {r["relatedSpdxElement"] for r in sbom["relationships"] if r["relationshipType"] == "STATIC_LINK"}
check(len(linked) == len(debian), "a package is linked into no program")

for file in sbom["files"]:
    with open(os.path.join(folder, os.path.basename(file["fileName"])), "rb") as stream:
        content = stream.read()
    for checksum in file["checksums"]:
        digest = hashlib.new(checksum["algorithm"].lower(), content).hexdigest()
        check(digest == checksum["checksumValue"], f"{file['fileName']}: {checksum['algorithm']} differs")
print(f"{len(debian)} packages, {len(sbom['files'])} programs")
