"""Worlds: all that a run of the provider can see, as data, and how to run it in one."""
import base64
import copy
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time

CLUSTER = "c00000000000000000000000000000001"
OTHER_CLUSTER = "c00000000000000000000000000000003"
EXEC_INFO = {"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1", "spec": {"interactive": False}}
TIME_LIMIT = 60  # seconds of one run
# A process of its own starts the program each time: two starts by one client are taken for a refused credential.
STARTER = ["/bin/sh", "-c", '"$@"; exit $?', "starter"]


class World:
    """In all texts "{home}" is the home folder, "{cloud}" and "{other}" are the addresses of two clouds,
    "{localhost}" is the first by another name."""

    def __init__(self):
        self.issuer = "ack"  # "ack", "ack-token" or "exec"
        self.flags = {"--cluster-id": CLUSTER, "--cs-endpoint": "{cloud}"}
        self.command = []  # of `get exec`
        self.env = {"HOME": "{home}", "PATH": "{home}/bin:/usr/bin:/bin", "ALIBABA_CLOUD_STS_ENDPOINT": "{cloud}",
                    "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "XDG_RUNTIME_DIR": "{home}/run"}
        self.config = None  # of ~/.aliyun/config.json
        self.ini = None     # of ~/.alibabacloud/credentials: {section: {key: value}}
        self.files = {}     # path below the home: text; what begins with "#!" is a program
        self.services = {}  # what Sandbox.become takes
        self.other_services = {}  # of the other cloud
        self.machine = "here"
        self.folder = ""    # the working folder, below the home
        self.later = 0      # seconds that have passed

    def copy(self):
        return copy.deepcopy(self)

    def settings(self):
        """All dictionaries in which a source may be set up."""
        return [self.env, self.flags, *(self.config["profiles"] if self.config else []), *(self.ini or {}).values()]

    def replace(self, old, new):
        """Changes each setting that is `old`."""
        for where in self.settings():
            where.update((name, new) for name, value in where.items() if value == old)

    @property
    def profile(self):
        return self.config["profiles"][0]

    def all_files(self):
        files = dict(self.files)
        if self.config is not None:
            files[".aliyun/config.json"] = json.dumps(self.config, indent="\t")
        if self.ini is not None:
            files[".alibabacloud/credentials"] = ini_text(self.ini)
        return files

    def lines(self):
        """The whole of it, to be compared line by line."""
        lines = [f"machine {self.machine}, {self.later} s later, in ~/{self.folder}",
                 f"get {self.issuer} {' '.join(f'{flag} {value}' for flag, value in self.flags.items())}"
                 f"{' -- ' if self.command else ''}{' '.join(self.command)}"]
        lines += [f"{name}={value}" for name, value in sorted(self.env.items())]
        for path, text in sorted(self.all_files().items()):
            lines += [f"~/{path}: {line}" for line in text.splitlines()]
        for name, state in (("cloud", self.services), ("other", self.other_services)):
            lines += [f"{name}: {key} {json.dumps(value)}" for key, value in sorted(state.items())]
        return lines


def ini_text(sections):
    return "".join(f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())
                   for name, values in sections.items())


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


class Place:
    """A home folder in which one pair of worlds happens, one after the other."""

    def __init__(self, home, clouds, provider, later, variables):
        self.home, self._clouds, self._provider, self._later = home, clouds, provider, later
        self._variables = variables
        self.commands = []  # that were run, for who wants to run them again
        self._written = {}
        os.makedirs(home)
        os.mkdir(os.path.join(home, "run"), 0o700)
        os.mkdir(os.path.join(home, "bin"))

    def _filled(self, text):
        text = text.replace("{home}", self.home)
        for name, address in self._clouds.addresses.items():
            text = text.replace(name, address)
        return text

    def _write(self, files):
        """Changes only what differs from the world before: a program may have written into what is the same."""
        for path in set(self._written) - set(files):
            os.unlink(os.path.join(self.home, path))
        for path, text in files.items():
            if self._written.get(path) == text:
                continue
            whole = os.path.join(self.home, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole + ".new", "w") as stream:
                stream.write(self._filled(text))
            os.chmod(whole + ".new", 0o700 if text.startswith("#!") else 0o600)
            os.rename(whole + ".new", whole)
        self._written = files

    def _services(self, world):
        self._clouds.of(world.machine).become(world.services, world.later)
        if "{other}" in "\n".join(world.lines()):
            self._clouds.other.become(world.other_services, world.later)

    def _arguments(self, world, store):
        args = ["get", world.issuer]
        flags = {**world.flags, "--store": store}
        if world.issuer == "exec":
            flags = {flag: value for flag, value in flags.items() if flag in ("--store", "--key-env")}
        if store == "disk":
            flags["--cache-dir"] = "{home}/store"
        for flag, value in flags.items():
            args += [flag, self._filled(value)]
        return args + (["--", *map(self._filled, world.command)] if world.command else [])

    def run_while_it_changes(self, world, later, store):
        """A run in `world` finds another one busy. While it waits the world becomes `later`; the other one dies."""
        self._write(world.all_files())
        self._services(world)
        sandbox = self._clouds.of(world.machine)
        sandbox.call("/fault", {"hang": True})
        busy = self._start(world, store)
        _wait_until(lambda: sandbox.call("/requests") or busy.poll() is not None)
        waiting = self._start(world, store)
        time.sleep(0.5)
        self._write(later.all_files())
        os.killpg(busy.pid, signal.SIGKILL)
        busy.communicate()
        return self._end(waiting)

    def run(self, world, store):
        self._write(world.all_files())
        self._services(world)
        return self._end(self._start(world, store))

    def _start(self, world, store):
        env = {name: self._filled(value) for name, value in world.env.items()}
        program = [self._later, str(world.later), self._provider] if world.later else [self._provider]
        env.update(self._variables)
        arguments = self._arguments(world, store)
        folder = os.path.join(self.home, world.folder)
        os.makedirs(folder, exist_ok=True)
        self.commands.append((world.machine, folder, env, program, arguments))
        enter = self._clouds.machines[world.machine].enter if world.machine != "here" else None
        return subprocess.Popen([*STARTER, *program, *arguments], env=env, cwd=folder, close_fds=False,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=enter, start_new_session=True)

    @staticmethod
    def _end(process):
        try:
            out, err = process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return Result(-signal.SIGKILL, "", "took too long")
        return Result(process.returncode, out.decode(), err.decode(errors="replace"))

    def forget(self, store):
        """Empties what outlives a home."""
        env = {"HOME": self.home, "XDG_RUNTIME_DIR": os.path.join(self.home, "run")}
        subprocess.run([self._provider, "forget", "--all", "--store", store], env=env, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)

    def remove(self):
        for _ in range(3):  # a renewal in the background may still write
            shutil.rmtree(self.home, ignore_errors=True)


def _wait_until(condition):
    while not condition():
        time.sleep(0.01)


class Identity:
    """Whose credential a run gave, as the services know it; or that there was none."""

    def __init__(self, text, mark):
        self.text = text  # None when the run failed
        self.mark = mark  # of the credential itself: the same for a stored one that is served again

    def __eq__(self, other):
        return self.text == other.text

    def __str__(self):
        return self.text or "none"


def identify(result, clouds):
    """Returns the identity of what a run printed, asking the sandboxes what they have issued."""
    if result.status != 0:
        return Identity(None, None)
    status = json.loads(result.out)["status"]
    if "clientCertificateData" in status:
        return _of_certificate(status["clientCertificateData"], clouds)
    token = status["token"]
    if not token.startswith("k8s-ack-v2."):
        return Identity(f"token {token}", token + status.get("expirationTimestamp", ""))
    return _of_token(token, clouds)


def _of_certificate(pem, clouds):
    body = re.search("-----BEGIN CERTIFICATE-----(.*?)-----END", pem, re.S)[1]
    fingerprint = hashlib.sha256(base64.b64decode(body)).hexdigest()
    for sandbox in clouds.sandboxes:
        issued = sandbox.call("/issued")
        mint = issued["certificates"].get(fingerprint)
        if mint:
            return Identity(f"certificate of {sandbox.name} for {mint['cluster_id']}, {mint['minutes']} minutes, "
                            f"{'private' if mint['private'] else 'public'}, {_caller(issued, mint['access_key_id'])}",
                            fingerprint)
    return Identity("certificate that nobody has issued", fingerprint)


def _of_token(token, clouds):
    request = json.loads(base64.b64decode(token[len("k8s-ack-v2."):]))
    headers = {name.lower(): value for name, value in request["headers"].items()}
    key = re.search("Credential=([^,]*)", headers["authorization"])[1]
    for sandbox in clouds.sandboxes:
        issued = sandbox.call("/issued")
        if key in issued["keys"]:
            return Identity(f"token for {request['query']['ACKClusterId']}, {_caller(issued, key)}", token)
    return Identity(f"token of nobody's key {key}", token)


def _caller(issued, key):
    return f"{issued['keys'][key]['arn']} ({issued['keys'][key]['origin']})"
