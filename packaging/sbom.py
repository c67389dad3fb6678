#!/usr/bin/env python3
"""usage: VERSION= RELEASED= sbom.py TARGET VERSIONS PARTS COMPILER_PARTS PROGRAM...

Prints an SPDX 2.3 document of what is linked into the programs of one target. PARTS and COMPILER_PARTS are what the build
took; VERSIONS is what a program says that is in it, and wins where the build was given other sources of OpenSSL or curl.
"""
import hashlib
import json
import os
import sys

# By what name databases of vulnerabilities know those whose fixes matter most.
CPE = {"openssl": "cpe:2.3:a:openssl:openssl:%s:*:*:*:*:*:*:*", "curl": "cpe:2.3:a:haxx:libcurl:%s:*:*:*:*:*:*:*"}


def read_json(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream)


def parts_of(target, versions_file, *part_files):
    """Returns {name: {"version", "licence", and "url" and "sha256" where the build took that archive}}."""
    parts = {name: part for file in part_files for name, part in read_json(file).items()}
    if not target.startswith("linux-"):
        del parts["musl"]
    with open(versions_file, encoding="utf-8") as stream:
        inside = dict(line.lower().split() for line in stream)
    for name in ("openssl", "curl"):
        if parts[name]["version"] != inside[name]:
            parts[name] = {"version": inside[name], "licence": parts[name]["licence"]}
    return parts


def spdx_package(name, version, licence, **more):
    return {"SPDXID": "SPDXRef-Package-" + name.replace("_", "-").replace("+", "x"), "name": name, "versionInfo": version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": licence,
            "licenseDeclared": licence, "copyrightText": "NOASSERTION", **more}


def reference(category, kind, locator):
    return {"referenceCategory": category, "referenceType": kind, "referenceLocator": locator}


def part_package(name, part):
    version = part["version"]
    references = [reference("PACKAGE-MANAGER", "purl", f"pkg:generic/{name.replace('+', '%2B')}@{version}")]
    if name in CPE:
        references.append(reference("SECURITY", "cpe23Type", CPE[name] % version))
    origin = {}
    if "url" in part:
        origin = {"downloadLocation": part["url"],
                  "checksums": [{"algorithm": "SHA256", "checksumValue": part["sha256"]}]}
    return spdx_package(name, version, part["licence"], externalRefs=references, **origin)


def spdx_file(path):
    with open(path, "rb") as stream:
        content = stream.read()
    name = os.path.basename(path)
    return {"SPDXID": "SPDXRef-File-" + name.replace("_", "-"), "fileName": "./bin/" + name,
            "fileTypes": ["BINARY"], "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
            "checksums": [{"algorithm": kind.upper(), "checksumValue": hashlib.new(kind, content).hexdigest()}
                          for kind in ("sha1", "sha256")]}


def relationship(subject, kind, target):
    return {"spdxElementId": subject["SPDXID"], "relationshipType": kind, "relatedSpdxElement": target["SPDXID"]}


def document(target, parts, programs):
    version, released = os.environ["VERSION"], os.environ["RELEASED"]
    ours = spdx_package("credential_provider", version, "Apache-2.0")
    packages = [part_package(name, part) for name, part in sorted(parts.items())]
    files = [spdx_file(program) for program in programs]
    unique = hashlib.sha256("".join(file["checksums"][1]["checksumValue"] for file in files).encode()).hexdigest()
    whole = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"credential_provider-{version}-{target}",
        "documentNamespace": f"https://spdx.org/spdxdocs/credential_provider-{version}-{target}-{unique}",
        "creationInfo": {"created": released + "T00:00:00Z", "creators": ["Tool: credential_provider-sbom"]},
        "packages": [ours] + packages, "files": files,
    }
    whole["relationships"] = [relationship(whole, "DESCRIBES", ours)] + \
        [relationship(ours, "CONTAINS", file) for file in files] + \
        [relationship(file, "STATIC_LINK", package) for file in files for package in packages]
    return whole


if __name__ == "__main__":
    build_target, *part_files = sys.argv[1:5]
    print(json.dumps(document(build_target, parts_of(build_target, *part_files), sys.argv[5:]), indent=2))
