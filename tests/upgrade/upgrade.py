#!/usr/bin/env python3
"""Runs today's programs over the files of 0.1.0; see run.sh. Ends with "N passed, N failed, N skipped"."""
import base64
import ctypes
import json
import os
import pathlib
import platform
import struct
import subprocess
import sys
import time

import yaml
from world import DEV, PROVIDER, ROLE, ROOT, Facts, Skipped, World, must

BUILT = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
OLD = ROOT / "testdata/upgrade/0.1.0"
CONTEXT = "ack-" + DEV
KEY = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "sandbox-alice", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "sandbox-alice-secret"}


class Machine(World):
    """A machine on which 0.1.0 was used, with today's programs in the same place."""

    def __init__(self):
        super().__init__(BUILT)
        self.server, self.authority = self.server_of_dev()
        self.runtime = self.folder / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.kubeconfig = self.home / ".kube/config"
        self.kubeconfig.parent.mkdir()

    def user(self):
        # 0.1.0 knew no variable for the endpoint: the stanza names it.
        env = {**super().user(), **KEY, "XDG_RUNTIME_DIR": str(self.runtime)}
        env.pop("ALIBABA_CLOUD_ENDPOINT")
        return env

    def server_of_dev(self):
        env = {**super().user(), **KEY}
        file = self.folder / "of_dev"
        self.run(["kubeconfig_writer", "get-credentials", "dev", "--kubeconfig", file, "--store", "none"], env)
        cluster = yaml.safe_load(file.read_text())["clusters"][0]["cluster"]
        return cluster["server"], cluster["certificate-authority-data"]

    def filled(self, name, **more):
        text = (OLD / name).read_text()
        values = {"server": self.server, "ca": self.authority, "cloud": self.places["cloud"], "ca_file": self.places["ca_file"],
                  "bin": str(self.bin), "cache": str(self.folder / "cache"), "size": str(len(self.places["cloud"])), **more}
        for field, value in values.items():
            text = text.replace("{" + field + "}", value)
        return text

    def write_made(self, store):
        self.kubeconfig.write_text(self.filled("made.kubeconfig", store=store))
        self.kubeconfig.chmod(0o600)

    def entry(self):
        """An entry as 0.1.0 put it together, with a certificate of this sandbox: its file's name, its bytes, its time."""
        key = self.filled("key_of_an_entry").encode()
        shown = self.run_for_secret(["credential_provider", "get", "ack", "--cluster-id", DEV, "--cs-endpoint",
                                     self.places["cloud"], "--store", "none"])
        status = json.dumps(json.loads(shown)["status"], separators=(",", ":")).encode()
        now = int(time.time())
        end = now + 3000
        head = b"credential_provider entry 1 %d %d %d %d\n" % (now, end, len(key), len(status))
        return hash_of(key), head + key + status, end + 60  # 0.1.0 has the certificate's own end as the file's time

    def run_for_secret(self, command):
        """As run, for an answer that is a secret."""
        return subprocess.run(command, env=self.user(), capture_output=True, check=True, stdin=subprocess.DEVNULL,
                              text=True).stdout

    def requests_of(self, *command):
        """How often Container Service is asked for a certificate by a command, which has to work."""
        before = self.counts()["by_action"].get("DescribeClusterUserKubeconfig", 0)
        shown = self.run(list(command), self.user())
        return self.counts()["by_action"].get("DescribeClusterUserKubeconfig", 0) - before, shown

    def kubectl(self):
        asked, shown = self.requests_of("kubectl", "get", "namespaces", "-o", "name")
        must("namespace/default" in shown.split(), shown)
        return asked


def hash_of(key):
    """FNV-1a, as the store names its files."""
    value = 0xcbf29ce484222325
    for byte in key:
        value = (value ^ byte) * 0x100000001b3 % 2**64
    return f"{value:016x}"


def put(folder, name, content, end):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    file.chmod(0o600)
    os.utime(file, (end, end))
    return file


def stanza_is_used():
    with Machine() as machine:
        machine.write_made("disk")
        must(machine.kubectl() == 1 and machine.kubectl() == 0, "one request for two kubectl")
        shown = machine.run(["kubeconfig_writer", "list"], machine.user())
        must(CONTEXT in shown and "warning" not in shown, shown)
        must("all is well" in machine.run(["kubeconfig_writer", "verify"], machine.user()))


def install_again_changes_nothing():
    with Machine() as machine:
        machine.write_made("disk")
        before = machine.kubeconfig.read_text()
        shown = machine.run(["kubeconfig_writer", "install", "ack", "--cluster-id", DEV, "--region", "cn-hangzhou",
                             "--cs-endpoint", machine.places["cloud"], "--store", "disk"], machine.user())
        must("nothing to do" in shown and machine.kubeconfig.read_text() == before, shown)


def uninstall_leaves_nothing():
    with Machine() as machine:
        machine.write_made("none")
        machine.run(["kubeconfig_writer", "uninstall", CONTEXT], machine.user())
        must(not machine.kubeconfig.exists(), "0.1.0 had made the file")


def uninstall_gives_back():
    with Machine() as machine:
        (machine.bin / "plugin").symlink_to("credential_provider")
        machine.kubeconfig.write_text(machine.filled("added.kubeconfig"))
        machine.kubeconfig.chmod(0o600)
        machine.kubectl()
        asked, shown = machine.requests_of("kubectl", "--context", "prod", "get", "namespaces")
        must(asked == 1 and "default" in shown, f"the wrapped plugin: {shown}")
        machine.run(["kubeconfig_writer", "uninstall", "mine"], machine.user())
        machine.run(["kubeconfig_writer", "uninstall", "admin"], machine.user())
        # The one thing that is not given back: 0.1.0's mark could have been somebody's own comment, and is left as one.
        expected = machine.filled("before.kubeconfig").replace("current-context: prod\n", 'current-context: "" # was prod\n')
        must(machine.kubeconfig.read_text() == expected, machine.kubeconfig.read_text())


# What a flag is refused without.
OF_ROLE = ["--role-arn", ROLE]
OF_OIDC = ["--identity", "oidc", *OF_ROLE, "--oidc-provider-arn", PROVIDER]
BESIDE = {"--role-session-name": OF_ROLE, "--role-external-id": OF_ROLE, "--role-policy": OF_ROLE, "--role-duration": OF_ROLE,
          "--oidc-provider-arn": OF_OIDC[:4], "--oidc-token-file": OF_OIDC, "--oidc-token-env": OF_OIDC}


def every_flag_is_taken():
    """2 is the status of a call that is not understood; what else is missing on this machine is another."""
    with Machine() as machine:
        env = {"HOME": str(machine.home), "PATH": machine.user()["PATH"], **machine.cloud()}
        refused = []
        for line in machine.filled("flags_of_get_ack").splitlines():
            flag, _, values = line.partition(" ")
            for value in values.split("|"):
                words = BESIDE.get(flag, []) + ([] if flag == "--cluster-id" else ["--cluster-id", DEV]) + [flag, value]
                status, shown = machine.run(["credential_provider", "doctor", "ack", *words], env, may_fail=True)
                if status == 2:
                    refused.append(f"{flag} {value}: {shown}")
        must(not refused, "".join(refused))


def stored_entry_is_served(store):
    with Machine() as machine:
        folder = {"disk": machine.home / ".cache", "runtime": machine.runtime}[store] / "credential_provider"
        name, content, end = machine.entry()
        put(folder, name + ".credential", content, end)
        machine.write_made(store)
        must(machine.kubectl() == 0, "what is stored is used on")
        shown = machine.run(["kubeconfig_writer", "status", "--store", store], machine.user())
        must(DEV in shown, shown)
        machine.run(["kubeconfig_writer", "forget", "--all", "--store", store], machine.user())
        must(not (folder / (name + ".credential")).exists(), "forget removes it")


def remembered_failure_is_not_believed():
    """The record of 0.1.0, which has another number: it is neither misread nor in the way."""
    with Machine() as machine:
        folder = machine.home / ".cache/credential_provider"
        name, _, _ = machine.entry()
        record = bytearray(base64.b64decode((OLD / "failure.state.base64").read_text()))
        must(record[:8] == b"cpServe1" and record[512:520] == b"cpIssue1", "another record")
        struct.pack_into("<q", record, 536, int(time.time() * 1e6))  # when that was: just now
        file = put(folder, name + ".state", record, time.time())
        machine.write_made("disk")
        must(machine.kubectl() == 1)
        must(file.read_bytes()[:8] == b"cpServe2", "replaced by today's")
        file.write_bytes(record)
        machine.run(["kubeconfig_writer", "forget", "--all", "--store", "disk"], machine.user())
        must(not file.exists(), "forget of every version removes the records of all")


def keyring_entry_is_a_miss():
    numbers = {"x86_64": (248, 250), "aarch64": (217, 219)}
    if platform.machine() not in numbers:
        raise Skipped(f"the numbers of keyctl on {platform.machine()} are not known here")
    add_key, keyctl = numbers[platform.machine()]
    libc = ctypes.CDLL(None, use_errno=True)
    user_keyring, unlink, set_timeout = -4, 9, 15
    with Machine() as machine:
        name, content, _ = machine.entry()
        serial = libc.syscall(add_key, b"user", b"credential_provider:" + name.encode(), content, len(content), user_keyring)
        if serial < 0:
            raise Skipped(f"no keyring: {os.strerror(ctypes.get_errno())}")
        try:
            libc.syscall(keyctl, set_timeout, serial, 300)
            machine.write_made("keyring")
            must(machine.kubectl() == 1 and machine.kubectl() == 0, "a miss costs one request, and the next is a hit")
        finally:
            libc.syscall(keyctl, unlink, serial, user_keyring)


def stanza_of_today_is_of_its_words():
    """0.1.0 takes a stanza of today, as long as it was not installed with a flag or value that came later."""
    with Machine() as machine:
        rows = [line.partition(" ") for line in machine.filled("flags_of_get_ack").splitlines()]
        known = {flag: values.split("|") for flag, _, values in rows}
        machine.run(["kubeconfig_writer", "get-credentials", "dev", "--region", "cn-hangzhou", "--duration", "15m",
                     "--role-arn", ROLE, "--cs-endpoint", machine.places["cloud"], "--store", "disk"], machine.user())
        execution = yaml.safe_load(machine.kubeconfig.read_text())["users"][0]["user"]["exec"]
        fields = {"apiVersion", "args", "command", "installHint", "interactiveMode", "provideClusterInfo"}
        must(set(execution) == fields, str(execution))
        words = execution["args"]
        must(words[:2] == ["get", "ack"] and len(words) % 2 == 0, str(words))
        for flag, value in zip(words[2::2], words[3::2]):
            must(flag in known, f"{flag} is not of 0.1.0")
            must(len(known[flag]) == 1 or value in known[flag], f"{flag} {value} is not of 0.1.0")


def entry_of_today_is_of_its_format():
    """On disk and in the runtime folder 0.1.0 finds what today's program has stored: the same name, key and form."""
    with Machine() as machine:
        machine.write_made("disk")
        machine.kubectl()
        key = machine.filled("key_of_an_entry").encode()
        content = (machine.home / f".cache/credential_provider/{hash_of(key)}.credential").read_bytes()
        head, _, rest = content.partition(b"\n")
        words = head.split(b" ")
        must(words[:3] == [b"credential_provider", b"entry", b"1"] and len(words) == 7, "another first line")
        size, of_status = int(words[5]), int(words[6])
        must(rest[:size] == key and len(rest) == size + of_status, "another key")
        must(set(json.loads(rest[size:])) == {"clientCertificateData", "clientKeyData", "expirationTimestamp"}, "another answer")


def main():
    facts = Facts()
    facts.check("a stanza of 0.1.0: kubectl, list and verify", stanza_is_used)
    facts.check("the same install again changes nothing", install_again_changes_nothing)
    facts.check("uninstall of what 0.1.0 installed leaves nothing", uninstall_leaves_nothing)
    facts.check("uninstall gives back the plugin that 0.1.0 wrapped, and all but the current-context", uninstall_gives_back)
    facts.check("every flag that a stanza of 0.1.0 may have is taken", every_flag_is_taken)
    facts.check("what 0.1.0 has stored on disk is used on", stored_entry_is_served, "disk")
    facts.check("what 0.1.0 has stored in the runtime folder is used on", stored_entry_is_served, "runtime")
    facts.check("what 0.1.0 has stored in the keyring costs one request", keyring_entry_is_a_miss)
    facts.check("a failure that 0.1.0 has remembered is in nobody's way", remembered_failure_is_not_believed)
    facts.check("back: a stanza of today has the words of 0.1.0", stanza_of_today_is_of_its_words)
    facts.check("back: what is stored on disk today has the format of 0.1.0", entry_of_today_is_of_its_format)
    return facts.finish()


if __name__ == "__main__":
    sys.exit(main())
