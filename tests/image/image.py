#!/usr/bin/env python3
"""Makes the container image and runs it; see run.sh. Ends with "N passed, N failed, N skipped"."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

from world import ROOT, VERSION, Facts, Skipped, World, documents, must

BUILT = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
CA_LIST = "/etc/ssl/certs/ca-certificates.crt"
INSIDE = {"credential_provider": 0o755, "kubeconfig_writer": 0o755, "etc": 0o755, "etc/ssl": 0o755, "etc/ssl/certs": 0o755,
          "etc/ssl/certs/ca-certificates.crt": 0o644, "kubectl-ack": "kubeconfig_writer"}


def make(output, *words, **more):
    """Runs packaging/image.py; returns its status and both streams."""
    result = subprocess.run([ROOT / "packaging/image.py", output, CA_LIST, *words], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False, **more)
    return result.returncode, result.stdout


def tool(*command):
    if not shutil.which(command[0]):
        raise Skipped(f"there is no {command[0]}")
    result = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            check=False)
    must(result.returncode == 0, result.stdout)
    return result.stdout


class Programs:
    """The built programs in a folder for each architecture. Those of arm64 are amd64's with another number in their
    header: enough to be packed, and never run."""

    def __init__(self, folder):
        self.folder = folder
        for architecture in ("amd64", "arm64"):
            (folder / architecture).mkdir()
            for name in ("credential_provider", "kubeconfig_writer"):
                content = bytearray((BUILT / name / name).read_bytes())
                if architecture == "arm64":
                    content[18:20] = (183).to_bytes(2, "little")
                (folder / architecture / name).write_bytes(content)

    def words(self, *architectures):
        return [f"{name}={self.folder / name}" for name in architectures]


class Image:
    """The image of both architectures, and what is unpacked from it for this machine."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = Programs(folder)
        self.archive = folder / "image.tar"
        status, shown = make(self.archive, *self.programs.words("amd64", "arm64"))
        must(status == 0, shown)

    def is_made_again(self):
        """In another place, time zone and mode, from files of another date."""
        for path in self.folder.glob("*/*"):
            os.utime(path, (1, 1))
            path.chmod(0o600)
        again = self.folder / "again.tar"
        status, shown = make(again, *reversed(self.programs.words("amd64", "arm64")), cwd="/", umask=0o077,
                             env={"TZ": "Asia/Shanghai", "PATH": os.environ["PATH"], "PYTHONHASHSEED": "7"})
        must(status == 0, shown)
        must(again.read_bytes() == self.archive.read_bytes(), "another image")

    def has_both_architectures(self):
        for architecture in ("amd64", "arm64"):
            inspected = json.loads(tool("skopeo", "--override-arch", architecture, "inspect", f"oci-archive:{self.archive}"))
            must(inspected["Architecture"] == architecture and len(inspected["Layers"]) == 1, str(inspected))

    def is_copied(self):
        """As by a push: skopeo compares every digest and size on the way."""
        tool("skopeo", "copy", "--all", f"oci-archive:{self.archive}", f"oci:{self.folder / 'all'}:{VERSION}")

    def changed_is_refused(self):
        """By who pulls it: a layer is named by its digest, and that by the manifest's."""
        changed = self.folder / "changed.tar"
        shutil.copy(self.archive, changed)
        with tarfile.open(changed) as tar:
            place = max(tar.getmembers(), key=lambda member: member.size).offset_data + 1000
        with changed.open("r+b") as file:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 1]))
        try:
            tool("skopeo", "copy", "--all", f"oci-archive:{changed}", f"oci:{self.folder / 'none'}:{VERSION}")
        except AssertionError as error:
            must("digest" in str(error).lower(), str(error))
        else:
            raise AssertionError("a changed layer was copied")

    def unpacked(self):
        bundle = self.folder / "bundle"
        if not bundle.exists():
            tool("skopeo", "copy", f"oci-archive:{self.archive}", f"oci:{self.folder / 'one'}:{VERSION}")
            tool("umoci", "unpack", "--image", f"{self.folder / 'one'}:{VERSION}", bundle)
        return bundle / "rootfs"

    def holds_no_more(self):
        root = self.unpacked()
        found = {str(path.relative_to(root)): os.readlink(path) if path.is_symlink() else path.stat().st_mode & 0o7777
                 for path in root.rglob("*")}
        must(found == INSIDE, str(found))
        must((root / "etc/ssl/certs/ca-certificates.crt").read_bytes() == pathlib.Path(CA_LIST).read_bytes())
        return f"{self.archive.stat().st_size / 2**20 / 2:.1f} MiB to pull for one architecture"

    def refuses(self, spoil, says):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        for name in ("credential_provider", "kubeconfig_writer"):
            shutil.copy(BUILT / name / name, folder)
        (folder / "credential_provider").chmod(0o755)
        spoil(folder / "credential_provider")
        status, shown = make(self.folder / "none.tar", f"amd64={folder}")
        must(status == 1 and says in shown and not (self.folder / "none.tar").exists(), f"{status} {shown}")


class Container:
    """What runs in a root of its own, which cannot be written, with this machine's network and no more."""

    def __init__(self, folder, root, mounts=(), user=65532):
        self.user, self.folder, self.root = user, pathlib.Path(tempfile.mkdtemp(dir=folder)), root
        self.mounts = [{"destination": "/proc", "type": "proc", "source": "proc"},
                       {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]}]
        self.mounts += [{"destination": inside, "source": str(outside), "options": ["bind", mode]}
                        for inside, outside, mode in mounts]

    def run(self, *command, **env):
        image = {"PATH": "/", "LANG": "C.UTF-8"}
        config = {
            "ociVersion": "1.0.2", "root": {"path": str(self.root), "readonly": True}, "mounts": self.mounts,
            "process": {"user": {"uid": self.user, "gid": self.user}, "args": list(command), "cwd": "/", "noNewPrivileges": True,
                        "capabilities": {}, "env": [f"{name}={value}" for name, value in {**image, **env}.items()]},
            "linux": {"namespaces": [{"type": kind} for kind in ("mount", "pid", "ipc", "uts")]}}
        (self.folder / "config.json").write_text(json.dumps(config))
        return tool("runc", "--root", self.folder / "state", "run", "--bundle", self.folder, f"image-test-{os.getpid()}")


def can_run(folder, root):
    """runc needs root, and namespaces: told once, instead of failing each time."""
    try:
        Container(folder, root).run("/credential_provider", "version")
    except AssertionError as error:
        raise Skipped(f"runc cannot run here: {str(error).strip().splitlines()[-1]}") from None


def version_runs(image):
    can_run(image.folder, image.unpacked())
    for program in ("/credential_provider", "/kubeconfig_writer", "/kubectl-ack"):
        must(VERSION in Container(image.folder, image.unpacked()).run(program, "version"))


def authorities_are_found(image):
    """The sandbox's TLS is signed by nobody in the list: that is what must be said, not that there is no list."""
    can_run(image.folder, image.unpacked())
    with World(BUILT) as world:
        try:
            Container(image.folder, image.unpacked()).run(
                "/credential_provider", "get", "ack", "--cluster-id", "c00000000000000000000000000000001", "--store", "none",
                "--cs-endpoint", world.places["cloud_tls"], ALIBABA_CLOUD_ACCESS_KEY_ID="sandbox-alice",
                ALIBABA_CLOUD_ACCESS_KEY_SECRET="sandbox-alice-secret")
        except AssertionError as error:
            must("certificate" in str(error) and "no authorities" not in str(error), str(error))
        else:
            raise AssertionError("a certificate of nobody in the list was trusted")


def pod_runs(image):
    """The pod of the example: an init container of the image, and one with kubectl that has the image as a volume."""
    can_run(image.folder, image.unpacked())
    _, account, pod = documents("examples/pod_with_rrsa.yaml")
    with World(BUILT) as world:
        env = {**world.cloud(), **world.pod(account["metadata"]["annotations"]["pod-identity.alibabacloud.com/role-name"])}
        token = world.folder / "token"
        token.chmod(0o644)  # the kubelet makes it readable for the pod's user
        world.folder.chmod(0o755)
        empty = world.folder / "empty"
        empty.mkdir()
        empty.chmod(0o777)  # as the kubelet makes an emptyDir
        roots = {"kubeconfig": image.unpacked(), "watcher": world.folder / "root_of_kubectl"}
        (roots["watcher"] / "bin").mkdir(parents=True)
        shutil.copy(shutil.which("kubectl"), roots["watcher"] / "bin/kubectl")
        (roots["watcher"] / "etc").mkdir()
        (roots["watcher"] / "etc/hosts").write_text("127.0.0.1 localhost\n")
        sources = {"kubeconfig": empty, "kubectl-ack": image.unpacked()}
        shown = ""
        for container in pod["spec"]["initContainers"] + pod["spec"]["containers"]:
            mounts = [(row["mountPath"], sources[row["name"]], "ro" if row.get("readOnly") else "rw")
                      for row in container["volumeMounts"]]
            root = roots[container["name"]]
            mounts.append(("/token", token, "ro"))
            own = {row["name"]: row["value"] for row in container.get("env", [])}
            here = Container(world.folder, with_mount_points(world.folder, root, mounts), mounts, pod["spec"]["securityContext"]["runAsUser"])
            shown = here.run(*container["command"], **{**env, **own, "PATH": "/:/bin", "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "/token"})
        must("default" in shown, shown)


def with_mount_points(folder, root, mounts):
    """A copy of a root with what is mounted in it, which a runtime makes in its writable layer."""
    copy = pathlib.Path(tempfile.mkdtemp(dir=folder)) / "root"
    shutil.copytree(root, copy, symlinks=True)
    for inside, outside, _ in mounts:
        point = copy / inside.lstrip("/")
        if outside.is_dir():
            point.mkdir(parents=True)
        else:
            point.touch()
    for name in ("proc", "dev"):
        (copy / name).mkdir(exist_ok=True)
    copy.parent.chmod(0o755)
    return copy


def wrong_architecture(path):
    content = bytearray(path.read_bytes())
    content[18:20] = (183).to_bytes(2, "little")
    path.write_bytes(content)


def needs_a_libc(path):
    shutil.copy("/bin/true", path)


def no_program(path):
    path.write_text("#!/bin/sh\n")


def main():
    facts = Facts()
    with tempfile.TemporaryDirectory(prefix="image.") as folder:
        os.chmod(folder, 0o755)
        image = Image(pathlib.Path(folder))
        facts.check("two runs make the same bytes", image.is_made_again)
        facts.check("skopeo finds amd64 and arm64, a layer each", image.has_both_architectures)
        facts.check("skopeo copies it whole", image.is_copied)
        facts.check("skopeo refuses a layer that was changed", image.changed_is_refused)
        facts.check("the programs, a link, the CA list, no more", image.holds_no_more)
        facts.check("a program of another architecture is refused", image.refuses, wrong_architecture, "not for amd64")
        facts.check("a program that needs a libc is refused", image.refuses, needs_a_libc, "not static")
        facts.check("what is no program is refused", image.refuses, no_program, "no 64-bit program")
        facts.check("each name runs in the image, by runc", version_runs, image)
        facts.check("its authorities are read", authorities_are_found, image)
        facts.check("the pod of the example: the image as init container and as volume", pod_runs, image)
    return facts.finish()


if __name__ == "__main__":
    sys.exit(main())
