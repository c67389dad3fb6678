"""What a run under a fault happens in, and what was promised about it."""
import hashlib
import json
import os
import re
import subprocess
import threading
import time

CLUSTER = "c00000000000000000000000000000001"
SECRET = "sandbox-alice-secret"
OTHER_SECRET = "fake-secret-of-another-user"
TIME_LIMIT = 40  # seconds of one run

KUBECONFIG = f"""# mine
apiVersion: v1
kind: Config
clusters:
- name: other   # kept
  cluster: {{server: "https://192.0.2.1:6443"}}
users:
- name: other
  user: {{token: {OTHER_SECRET}}}
contexts:
- name: other
  context: {{cluster: other, user: other}}
current-context: other
"""

PROMISES = [
    "stdout is the answer or empty",
    "status is 0 with an answer, else there is a message",
    "no secret is shown",
    "the kubeconfig is the old or the new one",
    "the store gives the right credential or none",
    "nothing is left that the next run does not clean",
]
ANSWER, STATUS, SILENT, KUBECONFIG_WHOLE, STORE, CLEAN = PROMISES


class Sandbox:
    """Alibaba Cloud and the cluster, on loopback, for the life of this object."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "--dir", folder, "--lifetime", "3600"], stdout=subprocess.DEVNULL)
        path = os.path.join(folder, "sandbox.json")
        for _ in range(200):
            if os.path.exists(path):
                break
            time.sleep(0.05)
        with open(path) as stream:
            self.cloud = json.load(stream)["cloud"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


class World:
    """A home folder, and the operations that are run in it."""

    def __init__(self, programs, sandbox, folder):
        self.programs, self.sandbox, self.home = programs, sandbox, folder
        self.store = os.path.join(folder, "store")
        self.kubeconfig = os.path.join(folder, ".kube", "config")
        self.env = {
            "HOME": folder, "PATH": os.path.dirname(programs["credential_provider"]) + ":/usr/bin:/bin",
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "sandbox-alice",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET, "ALIBABA_CLOUD_STS_ENDPOINT": sandbox.cloud,
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
        }

    def command(self, operation):
        where = ["ack", "--cluster-id", CLUSTER, "--cs-endpoint", self.sandbox.cloud, "--cache-dir", self.store,
                 "--timeout", "8s"]
        if operation == "install":
            return [self.programs["kubeconfig_writer"], "install", *where]
        return [self.programs["credential_provider"], "forget" if operation == "forget" else "get", *where]

    def run(self, command, env=None, before=None, closed=(), reader_gone=False):
        """Runs `command`; `before` is called in the new process, and the descriptors `closed` are not there.
        `reader_gone` says that stdout is a pipe that nobody reads."""
        def prepare():
            if before:
                before()
            for fd in closed:
                os.close(fd)
        stdout = subprocess.PIPE
        if reader_gone:
            reader, stdout = os.pipe()
            os.close(reader)
        process = subprocess.Popen(command, env={**self.env, **(env or {})}, stdin=subprocess.DEVNULL, cwd=self.home,
                                   stdout=stdout, stderr=subprocess.PIPE, preexec_fn=prepare)
        if reader_gone:
            os.close(stdout)
        try:
            out, err = process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Result("hung", out.decode(), err.decode())
        return Result(process.returncode, (out or b"").decode(), err.decode(errors="replace"))

    def add_kubeconfig(self):
        os.makedirs(os.path.dirname(self.kubeconfig), 0o700, exist_ok=True)
        with open(self.kubeconfig, "w") as stream:
            stream.write(KUBECONFIG)
        os.chmod(self.kubeconfig, 0o600)


class Judge:
    """Knows what right looks like, and tells which promises a run has broken."""

    def __init__(self, world):
        """`world` is an empty one, in which each operation is run once without a fault."""
        world.add_kubeconfig()
        first = world.run(world.command("get"))
        assert first.status == 0, first.err
        self.stored_answer = first.out
        installed = world.run(world.command("install"))
        assert installed.status == 0, installed.err
        self.installed_text = installed.out
        with open(world.kubeconfig) as stream:
            self.new_kubeconfig = stream.read()
        self.home = world.home
        self._sound = {}
        self._lock = threading.Lock()

    def is_answer(self, text):
        """Whether `text` is an ExecCredential whose certificate is alice's and goes with its key."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in self._sound:
            sound = _is_sound(text)
            with self._lock:
                self._sound[digest] = sound
        return self._sound[digest]

    def broken(self, operation, world, result, signalled=None, mute=False):
        """Returns the promises, of those about `operation`, that a run has broken. `signalled` is the signal it was
        sent, if any; `mute` says that its stderr led nowhere."""
        broken = self.broken_words(operation, world, result, signalled, mute)
        if operation == "install":
            text = _read(world.kubeconfig)
            if text != KUBECONFIG and not self.is_new(text, world):
                broken.add(KUBECONFIG_WHOLE)
            if result.status == 0 and not self.is_new(text, world):
                broken.add(STATUS)
        return broken | self.broken_afterwards(operation, world)

    def broken_words(self, operation, world, result, signalled=None, mute=False):
        """Returns those of them that a run's output and status have broken."""
        broken = set()
        answered = bool(result.out)
        right = self._same_words(result.out, world) if operation == "install" else self.is_answer(result.out)
        if answered and not right:
            broken.add(ANSWER)
        by_signal = signalled and result.status in (-signalled, 128 + signalled)
        if result.status == "hung" or (result.status == 0 and not answered):
            broken.add(STATUS)
        if result.status != 0 and not by_signal and not mute and "error" not in result.err:
            broken.add(STATUS)
        if _shows_secret(result.err) or (operation == "install" and _shows_secret(result.out)):
            broken.add(SILENT)
        return broken

    def broken_afterwards(self, operation, world):
        """Returns those of them that a run without a fault finds broken."""
        return self._broken_kubeconfig(world) if operation == "install" else self._broken_store(world)

    def is_new(self, text, world):
        # When a link cannot be read the command is the path of the file that it leads to.
        plain = [re.sub(r"command: \S*/credential_provider", "command: credential_provider", one)
                 for one in (text.replace(world.home, ""), self.new_kubeconfig.replace(self.home, ""))]
        return plain[0] == plain[1]

    def _same_words(self, out, world):
        again = re.fullmatch(r"nothing to do: .*\n", out)
        return again or out.replace(world.home, "") == self.installed_text.replace(self.home, "")

    def _broken_kubeconfig(self, world):
        broken = set()
        folder = os.path.dirname(world.kubeconfig)
        for name in os.listdir(folder):
            _age(os.path.join(folder, name))
        world.add_kubeconfig()  # as it was before, so that the next run has something to write
        after = world.run(world.command("install"))
        if os.path.exists(world.kubeconfig + ".lock") and after.status != 0 and "rm -f" in after.err:
            os.unlink(world.kubeconfig + ".lock")  # a lock stays, as kubectl's does, and is named
            after = world.run(world.command("install"))
        if after.status != 0 or not self.is_new(_read(world.kubeconfig), world):
            broken.add(KUBECONFIG_WHOLE)
        if os.listdir(folder) != ["config"]:
            broken.add(CLEAN)
        return broken

    def _broken_store(self, world):
        broken = set()
        # With another time limit: the failure that the fault has caused is remembered for the same one alone.
        after = world.run(["9s" if word == "8s" else word for word in world.command("get")])
        if after.status != 0 or not self.is_answer(after.out):
            broken.add(STORE)
        # What a killed run leaves is removed when it is an hour old, by the next run that stores something.
        for name in _strangers(world.store):
            _age(os.path.join(world.store, name))
        if _strangers(world.store):
            world.run([*world.command("get"), "--duration", "30m"])
        if _strangers(world.store):
            broken.add(CLEAN)
        return broken


def _read(path):
    try:
        with open(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return ""


def _age(path):
    past = time.time() - 7200
    os.utime(path, (past, past))


def _strangers(folder):
    if not os.path.isdir(folder):
        return []
    ours = r"[0-9a-f]{16}\.(credential|state)|ledger(\.old)?\.jsonl"
    return [name for name in os.listdir(folder) if not re.fullmatch(ours, name)]


def _shows_secret(text):
    return any(secret in text for secret in (SECRET, OTHER_SECRET, "PRIVATE KEY")) or \
        bool(re.search(r"[A-Za-z0-9+/=]{80}", text))


def _openssl(arguments, text):
    return subprocess.run(["openssl", *arguments], input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True).stdout


def _is_sound(text):
    try:
        answer = json.loads(text)
        status = answer["status"]
        certificate, key = status["clientCertificateData"], status["clientKeyData"]
    except (ValueError, KeyError, TypeError):
        return False
    return (answer["kind"] == "ExecCredential" and
            _openssl(["x509", "-noout", "-pubkey"], certificate) == _openssl(["pkey", "-pubout"], key) != "" and
            "CN = 200000000000000001-" in _openssl(["x509", "-noout", "-subject"], certificate))
