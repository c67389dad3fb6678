"""Where the programs run: the sandbox, a home folder, and the kubectls of this machine."""
import base64
import glob
import json
import os
import shutil
import subprocess
import time

CLUSTER = "c00000000000000000000000000000001"


class Sandbox:
    """Alibaba Cloud and a cluster, on loopback, for the life of this object."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "--dir", folder, "--lifetime", "7200"], stdout=subprocess.DEVNULL)
        path = os.path.join(folder, "sandbox.json")
        for _ in range(400):
            if os.path.exists(path):
                break
            time.sleep(0.05)
        with open(path) as stream:
            self.places = json.load(stream)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def oldest_and_newest_kubectl():
    """Those named kubectl.1.* beside the one on the PATH, else that one."""
    found = shutil.which("kubectl")
    if found is None:
        return []
    beside = sorted(glob.glob(os.path.join(os.path.dirname(os.path.realpath(found)), "kubectl.1.*")))
    return [beside[0], beside[-1]] if len(beside) > 1 else [found]


class World:
    """A home folder with one kubeconfig. Each of two workers has its own."""

    def __init__(self, programs, places, home):
        self.programs, self.places, self.home = programs, places, home
        self.kubeconfig = os.path.join(home, "config")
        os.makedirs(os.path.join(home, "bin"), exist_ok=True)
        os.symlink(programs["credential_provider"], os.path.join(home, "bin", "credential_provider"))
        self.env = {"HOME": home, "PATH": os.path.join(home, "bin"), "KUBECONFIG": self.kubeconfig,
                    "ALIBABA_CLOUD_ACCESS_KEY_ID": "sandbox-alice", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "sandbox-alice-secret",
                    "ALIBABA_CLOUD_STS_ENDPOINT": places["cloud"], "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}

    def run(self, *command):
        return subprocess.run(command, env=self.env, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, check=False, close_fds=False)

    def writer(self, *args):
        return self.run(self.programs["kubeconfig_writer"], *args)

    def write(self, text):
        """Puts the kubeconfig there as one that nobody has touched for an hour."""
        with open(self.kubeconfig, "wb") as stream:
            stream.write(text)
        os.chmod(self.kubeconfig, 0o600)
        os.utime(self.kubeconfig, (time.time() - 3600,) * 2)

    def age(self):
        """Nobody is writing any more."""
        os.utime(self.kubeconfig, (time.time() - 3600,) * 2)

    def read(self):
        with open(self.kubeconfig, "rb") as stream:
            return stream.read()

    def view(self, kubectl):
        """What `kubectl` understands of the file, or its complaint."""
        shown = self.run(kubectl, "config", "view", "--raw", "-o", "json", "--kubeconfig", self.kubeconfig)
        return json.loads(shown.stdout) if shown.returncode == 0 else shown.stderr.decode()

    def static_user(self):
        """The fields of a user with a certificate as ACK's console gives it, and of its cluster."""
        made = self.run(self.programs["credential_provider"], "get", "ack", "--cluster-id", CLUSTER, "--cs-endpoint",
                        self.places["cloud"], "--store", "none", "--duration", "72h")
        status = json.loads(made.stdout)["status"]
        encoded = {name: base64.b64encode(status[name].encode()).decode() for name in ("clientCertificateData", "clientKeyData")}
        with open(self.places["ca_file"], "rb") as stream:
            authority = base64.b64encode(stream.read()).decode()
        return {"user": {"client-certificate-data": encoded["clientCertificateData"], "client-key-data": encoded["clientKeyData"]},
                "cluster": {"server": self.places["api_server"], "certificate-authority-data": authority},
                "context": "200000000000000001-" + CLUSTER}
