#!/usr/bin/env python3
"""usage: sbom.py VERSION RELEASED STRIPPED_DIR PROGRAM...   prints the SPDX 2.3 document
       sbom.py --packages PROGRAM...                       prints the Debian packages it names

Says what is linked statically into the programs. A component counts when the program, which must have its symbols,
has one that only the component can have brought along; its version is that of the Debian package that its archive or
header belongs to.
"""
import hashlib
import json
import os
import re
import subprocess
import sys

GCC_LICENCE = "GPL-3.0-or-later WITH GCC-exception-3.1"

# A file of the component, a pattern of its symbols, its licence.
COMPONENTS = [
    ("libabsl_status.a", r"\babsl::", "Apache-2.0"),
    ("libyaml.a", r"\byaml_parser_", "MIT"),
    ("/usr/include/nlohmann/json.hpp", r"\bnlohmann::", "MIT"),
    ("libstdc++.a", r"\bstd::__throw_|\b__cxa_", GCC_LICENCE),
    ("libgcc_eh.a", r"\b_Unwind_|\b__register_frame", GCC_LICENCE),
    ("crt1.o", r"\b_start$", "LGPL-2.1-or-later"),
]


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def package_of(file):
    path = file if file.startswith("/") else output("gcc", "-print-file-name=" + file).strip()
    return output("dpkg", "-S", os.path.realpath(path)).split(": ")[0].split(":")[0]


def components_of(program):
    """Returns the components, as (package, licence), that `program` contains."""
    # Undefined symbols are of shared libraries.
    symbols = output("nm", "-C", "--defined-only", program)
    return [(package_of(file), licence) for file, pattern, licence in COMPONENTS
            if re.search(pattern, symbols, re.M)]


def spdx_id(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def spdx_package(name, version, licence, **more):
    return {"SPDXID": spdx_id("Package-" + name), "name": name, "versionInfo": version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": licence,
            "licenseDeclared": licence, "copyrightText": "NOASSERTION", **more}


def debian_package(name, licence):
    version, arch = output("dpkg-query", "-W", "-f", "${Version} ${Architecture}", name).split()
    purl = f"pkg:deb/debian/{name.replace('+', '%2B')}@{version.replace('+', '%2B')}?arch={arch}"
    reference = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}
    return spdx_package(name, version, licence, supplier="Organization: Debian", externalRefs=[reference])


def spdx_file(path):
    with open(path, "rb") as stream:
        content = stream.read()
    return {"SPDXID": spdx_id("File-" + os.path.basename(path)), "fileName": "./usr/bin/" + os.path.basename(path),
            "fileTypes": ["BINARY"], "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
            "checksums": [{"algorithm": name.upper(), "checksumValue": hashlib.new(name, content).hexdigest()}
                          for name in ("sha1", "sha256")]}


def relationship(subject, kind, target):
    return {"spdxElementId": subject, "relationshipType": kind, "relatedSpdxElement": target}


def document(version, released, stripped_dir, programs):
    ours = spdx_package("credential_provider", version, "Apache-2.0")
    files = [spdx_file(os.path.join(stripped_dir, os.path.basename(program))) for program in programs]
    relationships = [relationship("SPDXRef-DOCUMENT", "DESCRIBES", ours["SPDXID"])]
    licences = {}
    for program, file in zip(programs, files):
        relationships.append(relationship(ours["SPDXID"], "CONTAINS", file["SPDXID"]))
        for package, licence in components_of(program):
            licences[package] = licence
            relationships.append(relationship(file["SPDXID"], "STATIC_LINK", spdx_id("Package-" + package)))
    unique = hashlib.sha256("".join(file["checksums"][1]["checksumValue"] for file in files).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"credential_provider-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/credential_provider-{version}-{unique}",
        "creationInfo": {"created": released + "T00:00:00Z", "creators": ["Tool: credential_provider-sbom"]},
        "packages": [ours] + [debian_package(name, licences[name]) for name in sorted(licences)],
        "files": files, "relationships": relationships,
    }


if sys.argv[1] == "--packages":
    print("\n".join(sorted({package for program in sys.argv[2:] for package, _ in components_of(program)})))
else:
    print(json.dumps(document(*sys.argv[1:4], sys.argv[4:]), indent=2))
