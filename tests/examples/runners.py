"""The parts of GitHub's and GitLab's runners that a job meets: expressions, shells, files and variables, on this machine."""
import hashlib
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import yaml
from world import ROOT, VERSION, must

# Used as packaging/install.sh where the source has none, and keeps its promise.
STAND_IN = """#!/bin/sh
set -eu
version=@VERSION@
while [ $# -gt 0 ]; do case $1 in --prefix) prefix=$2 ;; --version) version=$2 ;; esac; shift 2; done
mkdir -p "$prefix"
curl -fsS "$INSTALL_FROM/releases/download/v$version/credential_provider-$version-linux-amd64.tar.gz" |
  tar -xz -C "$prefix" --strip-components=1
"""


class Release:
    """A project on loopback with one release, laid out as at its address: install.sh, checksums and a tarball."""

    VERSION = VERSION

    def __init__(self, world):
        self.world = world
        self.site = world.folder / "site"
        self.root = self.site / "OWNER/credential_provider"  # as the examples call it
        self.folder = self.root / f"releases/download/v{self.VERSION}"
        self.folder.mkdir(parents=True)
        (self.root / "releases/latest").mkdir()
        (self.root / "releases/latest/download").symlink_to(self.folder)
        self.server_url = self.serve()
        self.url = f"{self.server_url}/OWNER/credential_provider"
        self.pack()
        installer = ROOT / "packaging/install.sh"
        text = installer.read_text() if installer.exists() else STAND_IN
        facts = {"VERSION": self.VERSION, "ADDRESS": self.url, "MINISIGN_KEY": self.minisign_key(), "COSIGN_KEY": ""}
        for name, value in facts.items():
            text = text.replace(f"@{name}@", value)
        (self.folder / "install.sh").write_text(text)

    def serve(self):
        """Starts a server of the site; returns its address."""
        server = ["python3", "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", self.site, "0"]
        self.server = subprocess.Popen(server, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return f"http://127.0.0.1:{re.search('port ([0-9]+)', self.server.stdout.readline())[1]}"

    def pack(self):
        name = f"credential_provider-{self.VERSION}-linux-amd64"
        tree = self.world.folder / "packed" / name
        shutil.copytree(self.world.bin, tree / "bin", symlinks=True)
        (tree / "share/doc").mkdir(parents=True)
        (tree / "share/doc/README").touch()
        subprocess.run(["tar", "-C", tree.parent, "-czf", self.folder / f"{name}.tar.gz", name], check=True)
        digest = hashlib.sha256((self.folder / f"{name}.tar.gz").read_bytes()).hexdigest()
        (self.folder / "SHA256SUMS").write_text(f"{digest}  {name}.tar.gz\n")

    def minisign_key(self):
        """The installer looks at the signature where minisign is there, so then there has to be one."""
        if not shutil.which("minisign", path=self.world.system_path):
            return ""
        public, secret = self.root / "minisign.pub", self.world.folder / "minisign.key"
        subprocess.run(["minisign", "-G", "-W", "-f", "-p", public, "-s", secret], check=True, capture_output=True)
        signing = ["minisign", "-S", "-s", secret, "-m", self.folder / "SHA256SUMS"]
        subprocess.run(signing, check=True, capture_output=True, input=b"")
        return public.read_text().split()[-1]

    def megabytes(self):
        """What a job downloads of it: everything that is there."""
        return sum(path.stat().st_size for path in self.folder.iterdir()) / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()


class GitHubJob:
    """One job of a workflow. What a step writes into GITHUB_ENV and GITHUB_PATH the next ones have."""

    def __init__(self, world, release, workflow, variables):
        self.world, self.variables = world, variables
        self.names_the_action = True  # as GitHub does, but does not promise
        self.temporary = world.folder / "runner_temp"
        self.temporary.mkdir()
        self.env = {**world.machine(), "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_OS": "Linux",
                    "RUNNER_TEMP": str(self.temporary), "GITHUB_SERVER_URL": release.server_url,
                    "GITHUB_REPOSITORY": "group/project"}
        if workflow.get("permissions", {}).get("id-token") == "write":
            self.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = world.places["cloud"] + "/actions-id-token?api-version=2.0"
            self.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "sandbox-actions-request-token"

    def expanded(self, text, inputs, action):
        """The text with its ${{ }} replaced."""
        known = {**{f"vars.{name}": value for name, value in self.variables.items()},
                 **{f"inputs.{name}": value for name, value in inputs.items()}, **action}
        return re.sub(r"\$\{\{ *(\S+) *\}\}", lambda found: known[found[1]], text)

    def run_script(self, script, env, shell):
        files = {name: self.temporary / name for name in ("GITHUB_ENV", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("")
        file = self.temporary / "script.sh"
        file.write_text(script)
        env = {**self.env, **env, **{name: str(path) for name, path in files.items()}}
        status, shown = self.world.run([*shell, str(file)], env, may_fail=True)
        must(status == 0, shown)
        for line in files["GITHUB_ENV"].read_text().splitlines():
            name, _, value = line.partition("=")
            self.env[name] = value
        for line in files["GITHUB_PATH"].read_text().splitlines():
            self.env["PATH"] = f"{line}:{self.env['PATH']}"
        return shown

    def run_action(self, step):
        where, _, ref = step["uses"].partition("@")
        owner, project, inside = where.split("/", 2)
        # What the runner downloads: the project at that tag.
        checkout = self.world.folder / "_actions" / owner / project / ref
        if not checkout.exists():
            shutil.copytree(ROOT / "packaging/action", checkout / "packaging/action")
        folder = checkout / inside
        action = yaml.safe_load((folder / "action.yml").read_text())
        given = {name: self.expanded(value, {}, {}) for name, value in step.get("with", {}).items()}
        must(set(given) <= set(action["inputs"]), f"inputs that the action does not have: {set(given) - set(action['inputs'])}")
        inputs = {name: given.get(name, row.get("default", "")) for name, row in action["inputs"].items()}
        shown = ""
        for part in action["runs"]["steps"]:
            named = {"github.action_ref": ref, "github.action_repository": f"{owner}/{project}"}
            names = {"github.action_path": str(folder), **(named if self.names_the_action else dict.fromkeys(named, ""))}
            env = {name: self.expanded(value, inputs, names) for name, value in part["env"].items()}
            must(part["shell"] == "bash")
            shown += self.run_script(part["run"], env, ["bash", "--noprofile", "--norc", "-eo", "pipefail"])
        return shown

    def run(self, steps):
        """What each step printed, and the seconds of those that use an action."""
        shown, seconds = [], 0.0
        for step in steps:
            begin = time.monotonic()
            if "uses" in step:
                shown.append(self.run_action(step))
                seconds += time.monotonic() - begin
            else:
                shown.append(self.run_script(self.expanded(step["run"], {}, {}), {}, ["bash", "-e"]))
        return shown, seconds


class GitLabJob:
    """The job of a .gitlab-ci.yml that includes a component."""

    def __init__(self, world, pipeline, component, variables):
        self.world = world
        specification, template = component.split("\n---\n", 1)
        known = yaml.safe_load(specification)["spec"]["inputs"]
        given = pipeline["include"][0]["inputs"]
        must(set(given) <= set(known), f"inputs that the component does not have: {set(given) - set(known)}")
        missing = [name for name, row in known.items() if "default" not in row and name not in given]
        must(not missing, f"inputs that have to be given: {missing}")
        inputs = {name: given.get(name, row.get("default")) for name, row in known.items()}
        text = re.sub(r"\$\[\[ *inputs\.(\S+) *\]\]", lambda found: inputs[found[1]], template)
        jobs = {**yaml.safe_load(text), **{name: job for name, job in pipeline.items() if name != "include"}}
        name = next(name for name, job in jobs.items() if "script" in job)
        self.job = {**jobs[jobs[name]["extends"]], **jobs[name]}
        self.project = pathlib.Path(tempfile.mkdtemp(dir=world.folder)) / "project"
        self.project.mkdir()
        self.env = {**world.machine(), **variables, "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": str(self.project),
                    "CI_JOB_ID": "4711", "CI_JOB_TOKEN": "sandbox-job-token"}
        for name, row in self.job["id_tokens"].items():
            self.env[name] = world.id_token(row["aud"], "project_path:group/project:ref_type:branch:ref:main")
        for name, value in self.job["variables"].items():
            self.env[name] = re.sub(r"\$(\w+)", lambda found: variables[found[1]], value)

    def image_without(self, *names):
        """Leaves programs out of the image. What is called wget there is busybox's, which does not know --version."""
        image = pathlib.Path(tempfile.mkdtemp(dir=self.world.folder))
        for folder in self.env["PATH"].split(":"):
            for program in pathlib.Path(folder).iterdir():
                if program.name not in (*names, "wget") and not (image / program.name).is_symlink():
                    (image / program.name).symlink_to(program)
        (image / "wget").write_text("#!/bin/sh\necho \"wget: unrecognized option '$1'\" >&2\nexit 1\n")
        (image / "wget").chmod(0o755)
        self.env["PATH"] = str(image)

    def run(self, shell):
        """Runs the scripts as one, as the runner does, in the shell of the image."""
        lines = ["set -e", *self.job["before_script"], "echo '-- script'", *self.job["script"]]
        status, shown = self.world.run([shell, "-c", "\n".join(lines)], self.env, may_fail=True, cwd=self.project)
        must(status == 0, shown)
        return shown
