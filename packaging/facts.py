#!/usr/bin/env python3
"""What packaging/*.bzl and third_party/*.bzl say of a release, for the programs that make one.

usage: facts.py NAME...    prints VERSION, RELEASED, ADDRESS, DOWNLOADS, PACKAGES, TARGETS, HOST, IMAGE or ARTEFACTS
"""
import os
import pathlib
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parent.parent


def values_of(path):
    """Returns what a .bzl file defines. One that only has data, and rules that nobody calls, is also Python."""
    names = {"load": lambda *_, **__: None, "struct": types.SimpleNamespace}
    exec(compile((ROOT / path).read_text(encoding="utf-8"), path, "exec"), names)  # pylint: disable=exec-used
    return types.SimpleNamespace(**names)


_version = values_of("packaging/version.bzl")
VERSION = _version.VERSION
RELEASED = _version.RELEASED
# The variable is for trials, and for the tests.
ADDRESS = os.environ.get("PROJECT_ADDRESS", _version.ADDRESS).rstrip("/")
PACKAGES = f"{ADDRESS}/packages" if "PROJECT_ADDRESS" in os.environ else _version.PACKAGES.rstrip("/")
DOWNLOADS = f"{ADDRESS}/releases/download/v{VERSION}"
TARGETS = values_of("packaging/targets.bzl").TARGETS
HOST = values_of("packaging/targets.bzl").HOST
IMAGE = f"kubectl-ack-{VERSION}.oci.tar"  # what packaging/image.py makes


def tarball(target):
    return f"credential_provider-{VERSION}-{target}.tar.gz"


def krew_archive(target):
    return f"kubectl-ack-{VERSION}-{target}.tar.gz"


def artefacts():
    """The names of the files that are built for a release, sorted."""
    names = []
    for target, made in TARGETS.items():
        names += [tarball(target), krew_archive(target), f"credential_provider-{VERSION}-{target}.spdx.json"]
        if hasattr(made, "deb"):
            names.append(f"credential-provider_{VERSION}_{made.deb}.deb")
        if hasattr(made, "rpm"):
            names.append(f"credential-provider-{VERSION}-1.{made.rpm}.rpm")
    return sorted(names)


def main(names):
    """Prints each, a line or, of a list, one for each of its own."""
    for name in names:
        value = artefacts() if name == "ARTEFACTS" else globals()[name]
        print(value if isinstance(value, str) else "\n".join(value))


if __name__ == "__main__":
    main(sys.argv[1:])
