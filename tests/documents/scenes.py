"""What the test of documents adds to them: what is there before the first line of a page, what a reader fills in, what happens
meanwhile, and the lines that are not run, with the reason and the suite that runs them where one does.

A line that is in none of these is run as it is written, and has to end with 0.
"""
import collections
import json

from pages import ROOT
from runners import Release
from world import DEV, PROVIDER, ROLE, VERSION, World

# How a line begins, why it is not run, the suite that runs it, and what that suite has of it: a text that is looked for in it.
NotRun = collections.namedtuple("NotRun", "page line reason suite proof")

NOT_RUN = [NotRun(*row) for row in (
    ("*", f"sudo apt-get install ./credential-provider_{VERSION}_amd64.deb", "installs into the system", "tests/release/run.sh",
     "dpkg --install /tmp/package.deb"),
    ("*", "tests/quickstart.sh", "builds first", "tests/run.sh", "check tests/quickstart.sh"),
    ("*", "tests/run.sh", "is what runs this", "", ""),
    ("*", "tests/long.sh", "takes hours; a maintainer runs it", "", ""),
    ("docs/install.md", "sudo install -d /etc/apt/keyrings", "changes the system", "tests/ways_in/repository_tests.sh",
     "/etc/apt/keyrings"),
    ("docs/install.md", "sudo curl -fsSL -o /etc/apt/keyrings/", "changes the system", "tests/ways_in/repository_tests.sh",
     'credential-provider.asc" "$root/etc/apt/keyrings"'),
    ("docs/install.md", "sudo curl -fsSL -o /etc/apt/sources.list.d/", "changes the system", "tests/ways_in/repository_tests.sh",
     "/etc/apt/sources.list.d"),
    ("docs/install.md", "sudo apt-get update && sudo apt-get install credential-provider", "changes the system",
     "tests/ways_in/repository_tests.sh", "credential-provider"),
    ("docs/install.md", "sudo curl -fsSL -o /etc/yum.repos.d/", "changes the system", "tests/ways_in/repository_tests.sh",
     "yum.repos.d"),
    ("docs/install.md", "sudo dnf install credential-provider", "changes the system", "tests/ways_in/repository_tests.sh", "dnf"),
    ("docs/install.md", "cosign verify-blob ", "cosign is not on every machine", "tests/ways_in/release_tests.sh",
     "cosign verify-blob "),
    ("docs/install.md", "cosign verify-blob-attestation ", "cosign is not on every machine", "tests/ways_in/release_tests.sh",
     "cosign verify-blob-attestation "),
    ("docs/install.md", "skopeo copy --all oci-archive:kubectl-ack-", "there is no registry here", "tests/image/image.py",
     '"copy", "--all", f"oci-archive:'),
    ("docs/install.md", ". tests/setup.sh", "builds", "tests/run.sh", ". tests/setup.sh"),
    ("docs/install.md", "bazel build ", "builds", "tests/run.sh", "bazel build "),
    ("docs/releasing.md", "cosign generate-key-pair", "cosign is not on every machine", "tests/ways_in/run.sh",
     "cosign generate-key-pair"),
    ("docs/releasing.md", "packaging/cut.py ", "changes the source", "tests/ways_in/release_tests.sh", "packaging/cut.py"),
    ("docs/releasing.md", "git commit ", "is a maintainer's", "", ""),
    ("docs/releasing.md", "packaging/release.sh ", "builds all platforms", "tests/ways_in/make_release.sh",
     "packaging/release.sh"),
    ("docs/releasing.md", "packaging/repositories.sh ", "needs the release", "tests/ways_in/repository_tests.sh",
     "packaging/repositories.sh"),
    ("examples/k9s_and_lens.md", "k9s ", "there is no k9s here; kubectl in its place", "tests/examples/examples.py",
     "k9s_and_lens"),
    (".github/CONTRIBUTING.md", ". tests/setup.sh", "builds", "tests/run.sh", ". tests/setup.sh"),
    (".github/CONTRIBUTING.md", "bazel test ", "builds; a part of what the suite runs", "tests/run.sh", "bazel_tests //..."),
    (".github/CONTRIBUTING.md", "tests/format.sh && tests/arrows.py", "looks at the source alone", "tests/run.sh",
     "suite tests/arrows.py"),
    ("tests/simulation/README.md", "tests/simulation/run.sh", "takes minutes", "tests/run.sh", "suite tests/simulation/run.sh"),
)]


class Home(World):
    """A world whose programs keep what they store on disk, in its own home."""

    def user(self):
        return {**super().user(), "CREDENTIAL_PROVIDER_STORE": "disk", "CREDENTIAL_PROVIDER_CS_ENDPOINT": self.places["cloud"]}

    def forget_all(self):
        """It goes with the home."""


class Scene:
    """One page: a world that is ready for its first line."""

    # What a reader fills in or has in other places: text in a line, and what is run instead.
    instead = {}
    # The status of a line, by its beginning, where that is not 0.
    status = {}

    def __init__(self, world):
        self.world = world
        self.env = world.user()
        self.folder = world.home
        self.prepare()

    def prepare(self):
        self.world.sign_in_with_a_profile()

    def ready(self, command):
        """The line as it is run. A page's own scene also does here what happens before it."""
        for text, other in self.instead.items():
            command = command.replace(text, other)
        return command

    def type(self, command):
        """Status and both streams of a line; the folder that it has gone to is that of the next."""
        place = self.world.folder / "place"
        script = f"{self.ready(command)}\nstatus=$?; pwd >{place}; exit $status"
        status, printed = self.world.run(["bash", "-c", script], self.env, may_fail=True, cwd=self.folder)
        self.folder = place.read_text().rstrip("\n") if place.exists() else self.folder
        return status, printed.replace(str(self.world.home), "~")

    def expected_status(self, command):
        return next((status for beginning, status in self.status.items() if command.startswith(beginning)), 0)

    def first_run(self, command):
        """Done before the page begins, and not shown in it."""
        return self.world.run(["bash", "-c", command], self.env)

    def program(self, name, script):
        """A script in place of a program that is not on this machine."""
        file = self.world.bin / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def profiles(self, current, *rows):
        """What `aliyun configure` leaves: names, each with the sandbox's person who signs in by it."""
        made = [{"name": name, "mode": "AK", "access_key_id": f"sandbox-{who}", "access_key_secret": f"sandbox-{who}-secret",
                 "region_id": "cn-hangzhou", **more} for name, who, more in rows]
        folder = self.world.home / ".aliyun"
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / "config.json").write_text(json.dumps({"current": current, "profiles": made}))
        (folder / "config.json").chmod(0o600)

    def close(self):
        pass


class WithRelease(Scene):
    """A folder with a release in it, which is also served on this machine."""

    def prepare(self):
        super().prepare()
        self.release = Release(self.world)
        for file in self.release.folder.iterdir():
            (self.world.home / file.name).write_bytes(file.read_bytes())
        if (self.release.root / "minisign.pub").exists():
            (self.world.home / "minisign.pub").write_bytes((self.release.root / "minisign.pub").read_bytes())
        root = self.world.home / "root"
        (root / "usr/local/bin").mkdir(parents=True)
        self.instead = {"ADDRESS": self.release.url, "sudo ": "", "/usr/local": f"{root}/usr/local",
                        "/etc/ssl/certs/ca-certificates.crt": self.world.places["ca_file"],
                        "packaging/image.py": str(ROOT / "packaging/image.py"),
                        "bazel-bin/credential_provider/credential_provider": str(self.world.bin / "credential_provider"),
                        "bazel-bin/kubeconfig_writer/kubeconfig_writer": str(self.world.bin / "kubeconfig_writer")}
        # The page links what it has installed in one way, and has installed it in another before.
        self.instead["ln -s kubeconfig_writer"] = "ln -sf kubeconfig_writer"

    def close(self):
        self.release.__exit__()


class InChinese(WithRelease):
    def prepare(self):
        super().prepare()
        self.env["LC_ALL"] = "zh_CN.UTF-8"


class GitHubJob(WithRelease):
    """A job of GitHub's, before its kubectl."""

    def prepare(self):
        super().prepare()
        temporary = self.world.folder / "runner_temp"
        temporary.mkdir()
        self.env |= {"CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(temporary), "CLUSTER": "dev", "ROLE_ARN": ROLE,
                     "OIDC_PROVIDER_ARN": PROVIDER, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "sandbox-actions-request-token",
                     "ACTIONS_ID_TOKEN_REQUEST_URL": self.world.places["cloud"] + "/actions-id-token?api-version=2.0"}
        (self.world.home / ".aliyun/config.json").unlink()


class StaticKey(Scene):
    """A kubeconfig of the console: with a certificate and its key."""

    instead = {"CONTEXT": "it"}
    status = {"kubeconfig_writer audit": 3}

    def prepare(self):
        super().prepare()
        self.first_run(f"mkdir .kube && kubeconfig_writer export --cluster-id {DEV} -o .kube/config")
        self.instead = {"CONTEXT": self.first_run("kubectl config current-context").strip()}


class AckRamTool(Scene):
    """A kubeconfig of ack-ram-tool's, with a script for it that signs in as it would; and other programs by their names."""

    KEPT = ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALICLOUD_SECURITY_TOKEN", "OSS_SESSION_TOKEN")

    def prepare(self):
        super().prepare()
        self.program("ack-ram-tool", f"exec credential_provider get ack --cluster-id {DEV} --store none --api-version v1beta1 "
                     f"--cs-endpoint {self.world.places['cloud']}")
        server, authority = self.world.server_of_dev()
        name = f"200000000000000001-{DEV}"
        execution = {"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "ack-ram-tool", "interactiveMode": "Never",
                     "provideClusterInfo": False,
                     "args": ["credential-plugin", "get-credential", "--cluster-id", DEV, "--api-version", "v1beta1",
                              "--expiration", "3h0m0s", "--log-level", "error"]}
        (self.world.home / ".kube").mkdir(mode=0o700)
        file = self.world.home / ".kube/config"
        file.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": name,
            "clusters": [{"name": "kubernetes", "cluster": {"server": server, "certificate-authority-data": authority}}],
            "users": [{"name": "200000000000000001", "user": {"exec": execution}}],
            "contexts": [{"name": name, "context": {"cluster": "kubernetes", "user": "200000000000000001"}}]}, indent=2))
        file.chmod(0o600)
        # The page's prod is a context with a role, for an AccessKey alone is refused: as it says.
        self.first_run(f"kubectl ack get-credentials dev --context-name prod --role-arn {ROLE}")
        for program in ("terraform", "ossutil"):
            self.program(program, "".join(f': "${{{variable}:?}}"\n' for variable in self.KEPT))
        self.instead = {"CONTEXT": name, "$ACCOUNT:role/deploy": ROLE.removeprefix("acs:ram::")}


class ManyClusters(Scene):
    def prepare(self):
        self.profiles("prod", ("prod", "alice", {}), ("test", "alice", {}))
        self.world.post("/config", {"clusters": [
            {"id": DEV, "name": "dev", "region": "cn-hangzhou"},
            {"id": "c00000000000000000000000000000002", "name": "prod", "region": "cn-hangzhou", "public": False},
            {"id": "c00000000000000000000000000000003", "name": "edge", "region": "ap-southeast-1"},
            {"id": "c00000000000000000000000000000004", "name": "starting", "region": "cn-hangzhou", "state": "initial"}]})

    def ready(self, command):
        if command.startswith("kubectl ack sync"):
            self.one_goes_and_one_comes()
        return super().ready(command)

    def one_goes_and_one_comes(self):
        """28 clusters are installed; then one of them is gone, and one is there that was not."""
        fleet = [{"id": f"c{number:032}", "name": f"of-the-fleet-{number}", "region": "cn-hangzhou"} for number in range(10, 37)]
        old = {"id": "c00000000000000000000000000000006", "name": "old", "region": "cn-hangzhou"}
        new = {"id": "c00000000000000000000000000000007", "name": "new", "region": "cn-hangzhou"}
        self.first_run("kubectl ack uninstall --all")
        self.world.post("/config", {"clusters": [*fleet, old]})
        self.first_run("kubectl ack install --all --context-name '{name}'")
        self.world.post("/config", {"clusters": [*fleet, new]})


class WrappedPlugin(Scene):
    def prepare(self):
        super().prepare()
        self.world.post("/token", {"token": "sandbox-token-of-eks", "user": "eks-user"})
        answer = {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
                  "status": {"token": "sandbox-token-of-eks", "expirationTimestamp": "2036-01-02T03:04:05Z"}}
        self.program("aws", f"echo '{json.dumps(answer)}'")
        server, authority = self.world.server_of_dev()
        execution = {"apiVersion": "client.authentication.k8s.io/v1", "command": "aws", "interactiveMode": "Never",
                     "args": ["eks", "get-token", "--cluster-name", "it"]}
        (self.world.home / ".kube").mkdir(mode=0o700)
        file = self.world.home / ".kube/config"
        file.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": server, "certificate-authority-data": authority}}],
            "users": [{"name": "my-eks-user", "user": {"exec": execution}}],
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "my-eks-user"}}]}, indent=2))
        file.chmod(0o600)
        self.before = file.read_bytes()

    def close(self):
        left = (self.world.home / ".kube/config").read_bytes()
        if left != self.before:
            raise AssertionError("after uninstall the kubeconfig is not what it was")


class MaintainersKeys(Scene):
    """Keys without a password, which nobody is there to type."""

    instead = {"minisign -G": "minisign -G -W", "gpg --quick": "gpg --batch --passphrase '' --quick"}

    def close(self):
        self.first_run("gpgconf --kill all; ls keys/minisign.pub keys/minisign.key")


class Prompt(Scene):
    def prepare(self):
        super().prepare()
        self.first_run(f"kubectl ack get-credentials dev --context-name prod --role-arn {ROLE}")


class SignInExpired(Scene):
    """A profile of CloudSSO that was good once, and a browser in which alice confirms whatever code."""

    status = {"kubectl get ns": 1}

    def prepare(self):
        cloud = self.world.places["cloud"]
        sso = {"mode": "CloudSSO", "cloud_sso_sign_in_url": f"{cloud}/login", "cloud_sso_account_id": "1000000000000001",
               "cloud_sso_access_config": "ac-sandbox", "access_token": "sandbox-cloudsso-token",
               "cloud_sso_access_token_expire": 1700000000, "sts_expiration": 1700000000}
        self.profiles("sso", ("sso", "alice", sso), ("work", "alice", {}))
        self.program("browser", 'exec curl -sfL "$1&as=alice" >/dev/null')
        self.env["BROWSER"] = str(self.world.bin / "browser")
        self.first_run("kubectl ack get-credentials dev --profile work && kubectl ack forget")
        self.first_run("sed -i 's/- work$/- sso/' .kube/config")


class SomethingFailed(Scene):
    """First nothing is allowed; then it is, and another AccessKey had asked for the cluster before."""

    instead = {"c0…1": DEV}
    status = {"kubectl get ns": 1}

    def prepare(self):
        self.sign_in("alice")
        self.first_run("kubectl ack get-credentials dev && kubectl ack forget && rm -r .cache .local/state")
        self.sign_in("norights")

    def sign_in(self, who):
        self.profiles("prod", ("prod", who, {}), ("other", "alice", {}))

    def ready(self, command):
        if command.startswith("credential_provider explain"):
            self.sign_in("bob")
            self.first_run(f"credential_provider get ack --cluster-id {DEV} --profile other --store disk >/dev/null")
        elif command.startswith("CREDENTIAL_PROVIDER_LOG"):  # what it shows is not the first kubectl
            self.first_run("kubectl get ns")
        return super().ready(command)


class IdentityOfAShell(Scene):
    instead = {"get-credentials shop": "get-credentials dev"}

    def prepare(self):
        self.profiles("work", ("work", "alice", {}), ("prod", "bob", {}))


SCENES = {
    "README.md": WithRelease, "docs/README.zh_CN.md": InChinese, "docs/install.md": WithRelease, "docs/ci.md": GitHubJob,
    "docs/from_static_keys.md": StaticKey, "docs/other_tools.md": AckRamTool, "docs/many_clusters.md": ManyClusters,
    "docs/other_plugins.md": WrappedPlugin, "docs/prompt.md": Prompt, "docs/releasing.md": MaintainersKeys,
    "docs/signing_in.md": SignInExpired,
    "docs/when_something_fails.md": SomethingFailed, "docs/who_asks.md": IdentityOfAShell,
}
