#!/usr/bin/env python3
"""Makes the container image: an OCI layout in one tar, for each architecture the two programs, a link and a CA list, no more.

    packaging/image.py OUTPUT.tar CA_LIST ARCHITECTURE=FOLDER...

FOLDER holds credential_provider and kubeconfig_writer for that architecture (amd64, arm64), each one static file.
Version and date are the release's (version.bzl), owners root, lists sorted: the same programs and CA list give the same
bytes. To push it:

    skopeo copy --all oci-archive:OUTPUT.tar docker://REGISTRY/kubectl-ack:VERSION
"""
import gzip
import hashlib
import io
import json
import pathlib
import re
import struct
import sys
import tarfile
from datetime import datetime, timezone

PROGRAMS = ("credential_provider", "kubeconfig_writer")
MACHINES = {"amd64": 62, "arm64": 183}  # e_machine of an ELF file
INTERPRETER = 3  # the type of the program header that names a loader
CA_LIST = "etc/ssl/certs/ca-certificates.crt"
LICENCES = "Apache-2.0 AND MIT AND curl AND Apache-2.0 WITH LLVM-exception"


def fail(message):
    sys.exit(f"image.py: error: {message}")


def release():
    """The version, and the date of everything in the image."""
    text = (pathlib.Path(__file__).resolve().parent / "version.bzl").read_text()
    version, = re.findall(r'^VERSION = "([^"]+)"', text, re.MULTILINE)
    date, = re.findall(r'^RELEASED = "([^"]+)"', text, re.MULTILINE)
    return version, datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=timezone.utc)


def static_program(path, architecture):
    """The bytes of a program, which has to be for that architecture and need no loader."""
    content = path.read_bytes()
    if content[:6] != b"\x7fELF\x02\x01":
        fail(f"{path} is no 64-bit program of Linux")
    machine, = struct.unpack_from("<H", content, 18)
    if machine != MACHINES[architecture]:
        fail(f"{path} is not for {architecture}")
    headers, = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    if any(struct.unpack_from("<I", content, headers + size * i)[0] == INTERPRETER for i in range(count)):
        fail(f"{path} is not static: an image without a libc cannot run it")
    return content


def entry(name, date, mode=0o755, kind=tarfile.REGTYPE):
    made = tarfile.TarInfo(name)
    made.mtime, made.mode, made.type = int(date.timestamp()), mode, kind
    return made


def layer(folder, architecture, authorities, date):
    """The only layer, as a tar. Folders first, as those who unpack it expect."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for program in PROGRAMS:
            content = static_program(folder / program, architecture)
            made = entry(program, date)
            made.size = len(content)
            tar.addfile(made, io.BytesIO(content))
        for parent in ("etc", "etc/ssl", "etc/ssl/certs"):
            tar.addfile(entry(parent, date, kind=tarfile.DIRTYPE))
        made = entry(CA_LIST, date, 0o644)
        made.size = len(authorities)
        tar.addfile(made, io.BytesIO(authorities))
        link = entry("kubectl-ack", date, 0o777, tarfile.SYMTYPE)
        link.linkname = "kubeconfig_writer"
        tar.addfile(link)
    return out.getvalue()


class Layout:
    """The blobs of an OCI layout by their digests."""

    def __init__(self):
        self.blobs = {}

    def add(self, media_type, content, **more):
        """Keeps a blob; returns its descriptor."""
        digest = hashlib.sha256(content).hexdigest()
        self.blobs[digest] = content
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content), **more}

    def add_json(self, media_type, value, **more):
        return self.add(media_type, json.dumps(value, sort_keys=True, separators=(",", ":")).encode(), **more)

    def write(self, path, index, date):
        files = {"oci-layout": json.dumps({"imageLayoutVersion": "1.0.0"}).encode(),
                 "index.json": json.dumps(index, sort_keys=True).encode()}
        files.update({f"blobs/sha256/{digest}": content for digest, content in self.blobs.items()})
        with tarfile.open(path, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name in ("blobs", "blobs/sha256"):
                tar.addfile(entry(name, date, kind=tarfile.DIRTYPE))
            for name, content in sorted(files.items()):
                made = entry(name, date, 0o644)
                made.size = len(content)
                tar.addfile(made, io.BytesIO(content))


def add_image(layout, architecture, folder, authorities, date, about):
    """The image of one architecture; returns the descriptor of its manifest."""
    tar = layer(folder, architecture, authorities, date)
    config = layout.add_json("application/vnd.oci.image.config.v1+json", {
        "architecture": architecture, "os": "linux", "created": f"{date:%Y-%m-%dT%H:%M:%SZ}",
        # A user id that is nobody's: it writes where a pod lets it, as into an emptyDir.
        "config": {"Entrypoint": ["/credential_provider"], "Env": ["PATH=/"], "User": "65532:65532", "WorkingDir": "/",
                   "Labels": about},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(tar).hexdigest()}"]},
        "history": [{"created": f"{date:%Y-%m-%dT%H:%M:%SZ}", "created_by": "packaging/image.py"}],
    })
    packed = layout.add("application/vnd.oci.image.layer.v1.tar+gzip", gzip.compress(tar, 9, mtime=0))
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config,
                "layers": [packed], "annotations": about}
    return layout.add_json(manifest["mediaType"], manifest, platform={"architecture": architecture, "os": "linux"})


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    output, ca_list = sys.argv[1:3]
    folders = dict(word.partition("=")[::2] for word in sys.argv[3:])
    for architecture in folders:
        if architecture not in MACHINES:
            fail(f"{architecture}: one of {', '.join(MACHINES)}, then = and a folder")
    authorities = pathlib.Path(ca_list).read_bytes()
    if b"-----BEGIN CERTIFICATE-----" not in authorities:
        fail(f"{ca_list} has no certificate in it")
    version, date = release()
    about = {"org.opencontainers.image.title": "kubectl-ack", "org.opencontainers.image.version": version,
             "org.opencontainers.image.licenses": LICENCES,
             "org.opencontainers.image.description": "short-lived Kubernetes credentials for kubectl"}
    layout = Layout()
    manifests = [add_image(layout, name, pathlib.Path(folders[name]), authorities, date, about) for name in sorted(folders)]
    inner = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests,
             "annotations": about}
    whole = layout.add_json(inner["mediaType"], inner, annotations={"org.opencontainers.image.ref.name": version})
    layout.write(output, {"schemaVersion": 2, "mediaType": inner["mediaType"], "manifests": [whole]}, date)
    print(f"{output}: {', '.join(sorted(folders))}; {whole['digest']}")


if __name__ == "__main__":
    main()
