"""The parts of GitHub's and GitLab's runners that a job meets: expressions, shells, files and variables, on this machine."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import yaml
from world import ROOT, must

# Stands for packaging/install.sh, and keeps its promise: VERSION, PREFIX and RELEASE_URL in, PREFIX/bin out.
INSTALLER = """#!/bin/sh
set -eu
url=${RELEASE_URL:-DEFAULT}
mkdir -p "$PREFIX/bin"
echo "${VERSION:-newest}" >"$PREFIX/installed"
curl -fsS "$url/programs.tar" | tar -x -C "$PREFIX/bin"
"""


class Release:
    """The folder of a release on loopback."""

    def __init__(self, world):
        self.folder = world.folder / "release"
        self.folder.mkdir()
        subprocess.run(["tar", "-C", world.bin, "-cf", self.folder / "programs.tar", "."], check=True)
        self.server = subprocess.Popen(["python3", "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", self.folder, "0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = f"http://127.0.0.1:{re.search('port ([0-9]+)', self.server.stdout.readline())[1]}"
        (self.folder / "install.sh").write_text(INSTALLER.replace("DEFAULT", self.url))

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
        self.temporary = world.folder / "runner_temp"
        self.temporary.mkdir()
        # What the runner downloads for "uses": the project at that tag.
        self.checkout = world.folder / "action_checkout"
        shutil.copytree(ROOT / "packaging/action", self.checkout / "packaging/action")
        shutil.copy(release.folder / "install.sh", self.checkout / "packaging/install.sh")
        self.env = {**world.machine(), "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_OS": "Linux", "RUNNER_TEMP": str(self.temporary)}
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
        status, shown = self.world.run([*shell, str(file)], {**self.env, **env, **{name: str(path) for name, path in files.items()}},
                                       may_fail=True)
        must(status == 0, shown)
        for line in files["GITHUB_ENV"].read_text().splitlines():
            name, _, value = line.partition("=")
            self.env[name] = value
        for line in files["GITHUB_PATH"].read_text().splitlines():
            self.env["PATH"] = f"{line}:{self.env['PATH']}"
        return shown

    def run_action(self, step):
        where, _, ref = step["uses"].partition("@")
        folder = self.checkout / where.split("/", 2)[2]
        action = yaml.safe_load((folder / "action.yml").read_text())
        given = {name: self.expanded(value, {}, {}) for name, value in step.get("with", {}).items()}
        must(set(given) <= set(action["inputs"]), f"inputs that the action does not have: {set(given) - set(action['inputs'])}")
        inputs = {name: given.get(name, row.get("default", "")) for name, row in action["inputs"].items()}
        shown = ""
        for part in action["runs"]["steps"]:
            names = {"github.action_path": str(folder), "github.action_ref": ref}
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

    def run(self, shell):
        """Runs the scripts as one, as the runner does, in the shell of the image."""
        lines = ["set -e", *self.job["before_script"], "echo '-- script'", *self.job["script"]]
        status, shown = self.world.run([shell, "-c", "\n".join(lines)], self.env, may_fail=True, cwd=self.project)
        must(status == 0, shown)
        return shown
