#!/usr/bin/env python3
"""usage: provenance.py statement FOLDER COMMIT CA_LIST    prints where the files in FOLDER are from, as in-toto and SLSA say it
          provenance.py to-sign STATEMENT               prints the bytes that a DSSE envelope of it signs
          provenance.py envelope STATEMENT SIGNATURE    prints that envelope; SIGNATURE has it in base64

COMMIT is "" where the programs do not say theirs; CA_LIST is what the image has of authorities. Nothing is in a statement
that differs when the same commit is built again: no time, no name of a machine.
"""
import base64
import hashlib
import json
import pathlib
import re
import sys

import facts

PAYLOAD_TYPE = "application/vnd.in-toto+json"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sources():
    """What the programs are built from beside this project: libraries by their archives, and the compiler."""
    bzl = facts.values_of("third_party/sources.bzl")
    for name, source in bzl.SOURCES.items():
        if source.licence:
            yield {"name": name, "uri": source.url, "digest": {"sha256": source.sha256}}
    line = (facts.ROOT / "third_party/zig/requirements.txt").read_text(encoding="utf-8")
    version, sha256 = re.search(r"ziglang==(\S+) --hash=sha256:([0-9a-f]{64})", line).groups()
    yield {"name": "zig", "uri": f"pkg:pypi/ziglang@{version}", "digest": {"sha256": sha256}}


def statement(folder, commit, authorities):
    source = {"name": "credential_provider", "uri": f"git+{facts.ADDRESS}@refs/tags/v{facts.VERSION}"}
    if commit:
        source["digest"] = {"gitCommit": commit}
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": digest(folder / name)}} for name in facts.artefacts() + [facts.IMAGE]],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": f"{facts.ADDRESS}/blob/v{facts.VERSION}/docs/releasing.md#how-it-is-built",
                "externalParameters": {"source": source["uri"], "target": "//:dist", "version": facts.VERSION},
                "internalParameters": {"platforms": sorted(facts.TARGETS)},
                "resolvedDependencies": [source, *sources(), {"name": "ca-certificates", "digest": {"sha256": digest(authorities)}}],
            },
            # A maintainer's machine, that nobody else watches: level 1 of SLSA. That the bytes are those of the
            # source is for anybody to see, by building them again.
            "runDetails": {"builder": {"id": f"{facts.ADDRESS}/blob/v{facts.VERSION}/packaging/release.sh"}},
        },
    }


def to_sign(payload):
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)


def envelope(payload, signature):
    return {"payloadType": PAYLOAD_TYPE, "payload": base64.b64encode(payload).decode(),
            "signatures": [{"keyid": "", "sig": signature}]}


def main(what, path, *more):
    path = pathlib.Path(path)
    if what == "statement":
        print(json.dumps(statement(path, more[0], pathlib.Path(more[1])), indent=2))
    elif what == "to-sign":
        sys.stdout.buffer.write(to_sign(path.read_bytes()))
    else:
        print(json.dumps(envelope(path.read_bytes(), pathlib.Path(more[0]).read_text(encoding="ascii").strip())))


if __name__ == "__main__":
    main(*sys.argv[1:])
