"""What the tests of examples/ and of the ways into CI share: the sandbox, a machine to run on, and counted facts."""
import base64
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packaging"))
from facts import VERSION  # noqa: E402  pylint: disable=wrong-import-position
ACCOUNT = "1000000000000001"
ROLE = f"acs:ram::{ACCOUNT}:role/ack-reader"
PROVIDER = f"acs:ram::{ACCOUNT}:oidc-provider/ci"
DEV = "c00000000000000000000000000000001"
SECONDS = 60  # that one command may take


class Skipped(Exception):
    """What cannot be tried here, with the reason."""


class Facts:
    """Counts what was tried."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, fact, function, *arguments):
        try:
            said = function(*arguments)
        except Skipped as reason:
            self.skipped += 1
            print(f"skipped: {fact}: {reason}")
        except Exception as error:  # whatever went wrong is the fact's failure, and the next is still tried
            self.failed += 1
            print(f"FAILED: {fact}\n  {type(error).__name__}: " + str(error).replace("\n", "\n  "))
        else:
            self.passed += 1
            print(f"passed: {fact}" + (f" ({said})" if said else ""))
        sys.stdout.flush()

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return self.failed > 0


class World:
    """A sandbox, and folders for one example: programs as a user has them, and an empty home."""

    def __init__(self, built, programs=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="examples."))
        (self.folder / "cloud").mkdir()
        # As in a CI runner's machine: neither program is on the PATH before it is installed.
        self.bin = self.folder / "programs"
        self.bin.mkdir()
        for name in ("credential_provider", "kubeconfig_writer"):
            shutil.copy(programs / name if programs else built / name / name, self.bin)
        (self.bin / "kubectl-ack").symlink_to("kubeconfig_writer")
        self.home = self.folder / "home"
        self.home.mkdir()
        self.sandbox = subprocess.Popen([built / "tests/sandbox/sandbox", "--dir", self.folder / "cloud", "--lifetime", "300"],
                                        stdout=subprocess.DEVNULL)
        places = self.folder / "cloud/sandbox.json"
        for _ in range(400):
            if places.exists():
                break
            time.sleep(0.05)
        self.places = json.loads(places.read_text())
        self.system_path = f"{pathlib.Path(shutil.which('kubectl')).parent}:/usr/local/bin:/usr/bin:/bin"

    def __enter__(self):
        return self

    def forget_all(self):
        """The store may be the kernel's keyring, which is the user's."""
        self.run(["kubeconfig_writer", "forget", "--all"], self.user(), may_fail=True)

    def __exit__(self, *_):
        self.forget_all()
        self.sandbox.send_signal(signal.SIGTERM)
        self.sandbox.wait()
        shutil.rmtree(self.folder)

    def cloud(self):
        """Leads the programs to the sandbox; nothing else of an example is changed for it."""
        return {"ALIBABA_CLOUD_STS_ENDPOINT": self.places["cloud"], "ALIBABA_CLOUD_ENDPOINT": self.places["cloud"],
                "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}

    def machine(self):
        return {"HOME": str(self.home), "PATH": self.system_path, "LANG": "C.UTF-8", **self.cloud()}

    def user(self):
        """A person with both programs."""
        return {**self.machine(), "PATH": f"{self.bin}:{self.system_path}"}

    def sign_in_with_a_profile(self, name="work"):
        profile = {"name": name, "mode": "AK", "access_key_id": "sandbox-alice", "access_key_secret": "sandbox-alice-secret",
                   "region_id": "cn-hangzhou"}
        (self.home / ".aliyun").mkdir(mode=0o700)
        file = self.home / ".aliyun/config.json"
        file.write_text(json.dumps({"current": name, "profiles": [profile]}))
        file.chmod(0o600)

    def pod(self, role_name):
        """The variables that the webhook of RRSA sets."""
        token = self.folder / "token"
        token.write_text(self.id_token("sts.aliyuncs.com", "system:serviceaccount:fleet:watcher"))
        return {"ALIBABA_CLOUD_ROLE_ARN": f"acs:ram::{ACCOUNT}:role/{role_name}", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": PROVIDER,
                "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(token)}

    def id_token(self, audience, subject):
        return self.post("/id-token", {"audience": audience, "subject": subject, "lifetime_s": 300})["token"]

    def post(self, path, body):
        reply = urllib.request.urlopen(self.places["control"] + path, data=json.dumps(body).encode(), timeout=10).read()
        return json.loads(reply or b"{}")

    def counts(self):
        return json.loads(urllib.request.urlopen(self.places["control"] + "/counts", timeout=10).read())

    def run(self, command, env, may_fail=False, **more):
        """Both streams of a command, and its status where it may fail; no input."""
        result = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False,
                                **{"cwd": self.home, **more})
        no_secret(result.stdout)
        if may_fail:
            return result.returncode, result.stdout
        must(result.returncode == 0, f"{command} failed with {result.returncode}:\n{result.stdout}")
        return result.stdout

    def server_of_dev(self):
        """What `kubectl ack get-credentials` writes of the cluster dev: its server and its authority in base64."""
        file = self.folder / "of_dev"
        key = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "sandbox-alice", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "sandbox-alice-secret"}
        self.run(["kubeconfig_writer", "get-credentials", "dev", "--kubeconfig", file, "--store", "none"], {**self.user(), **key})
        cluster = yaml.safe_load(file.read_text())["clusters"][0]["cluster"]
        return cluster["server"], cluster["certificate-authority-data"]

    def namespaces_by(self, execution, server, authority, env):
        """Runs kubectl with a kubeconfig that holds what an example says of its exec plugin."""
        file = self.folder / "by_exec"
        file.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": server, "certificate-authority-data": authority}}],
            "users": [{"name": "it", "user": {"exec": {"interactiveMode": "Never", **execution}}}],
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}]}))
        shown = self.run(["kubectl", "--kubeconfig", str(file), "get", "namespaces", "-o", "name"], env)
        must("namespace/default" in shown.split(), shown)


def must(is_so, otherwise=""):
    if not is_so:
        raise AssertionError(otherwise)


def no_secret(text):
    key = base64.b64encode(b"-----BEGIN RSA").decode()
    for secret in ("PRIVATE KEY", "sandbox-actions-request-token", "sandbox-alice-secret", key):
        must(secret not in text, "a secret is shown")


def documents(path):
    return list(yaml.safe_load_all((ROOT / path).read_text()))


def lint(command, *paths):
    if not shutil.which(command[0]):
        raise Skipped(f"there is no {command[0]}")
    result = subprocess.run([*command, *paths], cwd=ROOT, capture_output=True, text=True, check=False,
                            env={**os.environ, "LC_ALL": "C.UTF-8"})
    must(result.returncode == 0, result.stdout + result.stderr)
