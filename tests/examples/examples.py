#!/usr/bin/env python3
"""Runs what the files of examples/ say, the GitHub action and the GitLab component, against the sandbox.

    tests/examples/run.sh bazel-bin

Commands, manifests and blocks are read from the files; only what a reader has to fill in (in capitals) and the addresses of the
cloud, by variables, are of the test. Ends with "N passed, N failed, N skipped".
"""
import base64
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time

import from_nothing
import yaml
from runners import GitHubJob, GitLabJob, Release
from world import DEV, PROVIDER, ROLE, ROOT, VERSION, Facts, Skipped, World, documents, lint, must

BUILT = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
VARIABLES = {"CLUSTER": "dev", "ROLE_ARN": ROLE, "OIDC_PROVIDER_ARN": PROVIDER}
FASTEST = 5  # seconds that installing and signing in may take, with the network on loopback


def knows(word, *command):
    """Whether the help of the built kubeconfig_writer has a command or flag: an example may be ahead by a merge."""
    result = subprocess.run([BUILT / "kubeconfig_writer/kubeconfig_writer", *command, "--help"], capture_output=True, text=True,
                            check=False, env={"HOME": "/nonexistent"})
    return re.search(rf"^ +{word}\b", result.stdout, re.MULTILINE) is not None


def on_github(change=lambda workflow: None, spoil=lambda release: None, named=True):
    workflow = documents("examples/github_actions.yml")[0]
    change(workflow)
    with World(BUILT) as world, Release(world) as release:
        spoil(release)
        job = GitHubJob(world, release, workflow, VARIABLES)
        job.names_the_action = named
        shown, seconds = job.run(workflow["jobs"]["deploy"]["steps"])
        left = sorted(str(path.relative_to(world.home)) for path in world.home.rglob("*")
                      if path.is_file() and "cache" not in path.parts)
        versions = [path.name.removeprefix("kubectl-ack-") for path in job.temporary.glob("kubectl-ack*") if path.is_dir()]
        contexts = world.run(["kubectl", "config", "get-contexts", "-o", "name"], job.env).split()
        said = f"installed and signed in within {seconds:.1f} s, {release.megabytes():.1f} MB downloaded"
        return shown, seconds, left, versions, contexts, world.counts()["by_action"], said


def github_workflow():
    shown, seconds, left, versions, contexts, asked, said = on_github()
    must("default" in shown[1] and shown[2].strip() == "yes", str(shown))
    must(not left, f"left in the home: {left}")
    must(versions == [VERSION], f"the tag says which version: {versions}")
    must(contexts == ["dev"], str(contexts))
    must(asked["AssumeRoleWithOIDC"] == 1 and asked["ActionsIdToken"] == 1, f"one sign-in serves the job: {asked}")
    must(seconds < FASTEST, f"{seconds} s")
    return said


def job_from_nothing():
    seconds, size, *_ = from_nothing.measure(BUILT, from_nothing.by_the_installer)
    must(seconds < FASTEST, f"{seconds} s")
    return f"{seconds:.1f} s, {size:,} bytes downloaded"


def action_twice():
    def change(workflow):
        steps = workflow["jobs"]["deploy"]["steps"]
        more = {"cluster": "edge", "region": "ap-southeast-1", "context-name": "the-edge"}
        steps.insert(1, {**steps[0], "with": {**steps[0]["with"], **more}})

    shown, _, _, versions, contexts, *_ = on_github(change)
    must(contexts == ["dev", "the-edge"] and versions == [VERSION], f"{contexts} {versions}")
    must("default" in shown[2], shown[2])


def action_without_its_name():
    must(on_github(named=False)[3] == [VERSION])


def action_of_a_branch():
    def change(workflow):
        step = workflow["jobs"]["deploy"]["steps"][0]
        step["uses"] = step["uses"].replace(f"@v{VERSION}", "@main")

    must(on_github(change)[3] == ["kubectl-ack"], "the newest, of whatever version")


def action_alone():
    def change(workflow):
        job = workflow["jobs"]["deploy"]
        job["steps"] = [{"uses": job["steps"][0]["uses"]}, {"run": "kubectl ack version"}]

    shown = on_github(change)[0]
    must("kubectl ack" in shown[1] or "kubeconfig_writer" in shown[1], shown[1])


def refused(change, says, spoil=lambda release: None):
    try:
        on_github(change, spoil)
    except AssertionError as error:
        must("::error" in str(error) and says in str(error), str(error))
    else:
        raise AssertionError("it went through")


def action_without_permission():
    refused(lambda workflow: workflow.pop("permissions"), "id-token: write")


def action_without_tls():
    def change(workflow):
        workflow["jobs"]["deploy"]["steps"][0]["with"]["project-url"] = "http://example.com/project"

    refused(change, "begins with https")


def action_leaves_the_machines_own():
    """A runner of one's own may have a kubeconfig for all of its jobs."""
    def change(workflow):
        step = {"run": "env -u KUBECONFIG kubectl config view -o jsonpath='{.current-context}'; kubectl config current-context"}
        workflow["jobs"]["deploy"]["steps"] = [{"run": "kubectl config set-context mine >/dev/null; kubectl config use-context mine >/dev/null; "
                                                       "echo KUBECONFIG=$HOME/.kube/config >> $GITHUB_ENV"},
                                               workflow["jobs"]["deploy"]["steps"][0], step]

    shown = on_github(change)[0][2]
    must(shown.split() == ["minedev"], shown)


def action_without_role():
    refused(lambda workflow: workflow["jobs"]["deploy"]["steps"][0]["with"].pop("role-arn"), "role-arn")


def gitlab_pipeline(shell):
    with World(BUILT) as world, Release(world) as release:
        component = (ROOT / "packaging/gitlab/templates/kubectl-ack.yml").read_text()
        variables = {**VARIABLES, "PROJECT_URL": release.url}
        job = GitLabJob(world, documents("examples/gitlab_ci.yml")[0], component, variables)
        begin = time.monotonic()
        shown = job.run(shell)
        seconds = time.monotonic() - begin
        must("default" in shown and shown.split()[-1] == "yes", shown)
        must(list(job.project.iterdir()) == [], "the checkout is as it was")
        job.run(shell)
        folders = list(pathlib.Path(f"{job.project}.tmp").glob("kubectl-ack.*"))
        must(len(folders) == 1, f"the next job removes what is left: {folders}")
        must(not (world.home / ".kube/config").exists(), "the user's own kubeconfig is left alone")
        must(seconds < FASTEST, f"{seconds} s")
        return f"{seconds:.1f} s with two kubectl"


def only_with_the_installer():
    if not (ROOT / "packaging/install.sh").exists():
        raise Skipped("the source has no packaging/install.sh yet, which compares checksums")


def action_of_a_tampered_release():
    only_with_the_installer()
    refused(lambda workflow: None, "not installed", lambda release: (release.folder / "SHA256SUMS").write_text("0  nothing\n"))


def gitlab_of_a_tampered_release():
    only_with_the_installer()
    with World(BUILT) as world, Release(world) as release:
        (release.folder / "SHA256SUMS").write_text("0  nothing\n")
        stops(world, release)


def gitlab_with_busybox():
    with World(BUILT) as world, Release(world) as release:
        must("GNU wget" in stops(world, release, lambda job: job.image_without("curl")))


def gitlab_without_tls():
    with World(BUILT) as world, Release(world) as release:
        must("begins with https" in stops(world, release, lambda job: job.env.update(ACK_PROJECT_URL="http://example.com/project")))


def gitlab_without_an_installer():
    with World(BUILT) as world, Release(world) as release:
        (release.folder / "install.sh").unlink()
        stops(world, release)


def stops(world, release, change=lambda job: None):
    """The job ends before its own script; returns what it said."""
    component = (ROOT / "packaging/gitlab/templates/kubectl-ack.yml").read_text()
    job = GitLabJob(world, documents("examples/gitlab_ci.yml")[0], component, {**VARIABLES, "PROJECT_URL": release.url})
    change(job)
    try:
        job.run("bash")
    except AssertionError as error:
        must("-- script" not in str(error), str(error))
        return str(error)
    raise AssertionError("the job went on")


def moved(value, places):
    """The value with each folder of a pod as it is on this machine; what runs out of the image is at its root."""
    for inside, outside in places.items():
        value = re.sub(rf"(^|=){re.escape(inside)}(?=/|$)", rf"\g<1>{outside}", value)
    return value


def pod_with_rrsa():
    namespace, account, pod = documents("examples/pod_with_rrsa.yaml")
    must(namespace["metadata"]["labels"]["pod-identity.alibabacloud.com/injection"] == "on")
    must(pod["spec"]["serviceAccountName"] == account["metadata"]["name"])
    with World(BUILT) as world:
        env = {**world.machine(), **world.pod(account["metadata"]["annotations"]["pod-identity.alibabacloud.com/role-name"])}
        volumes = {}
        for volume in pod["spec"]["volumes"]:
            folder = world.folder / "volumes" / volume["name"]
            if "image" in volume:
                folder = world.bin
            else:
                folder.mkdir(parents=True)
            volumes[volume["name"]] = folder
        shown = ""
        for container in pod["spec"]["initContainers"] + pod["spec"]["containers"]:
            places = {mount["mountPath"]: volumes[mount["name"]] for mount in container["volumeMounts"]}
            command = [moved(word, places) for word in container["command"]]
            if command[0] == "/kubeconfig_writer":
                command[0] = str(world.bin / "kubeconfig_writer")
            own = {row["name"]: moved(row["value"], places) for row in container.get("env", [])}
            shown = world.run(command, {**env, **own})
        must("default" in shown, shown)


def image_volume_of(patch, manifest):
    """A patch mounts the image where the command of the plugin is looked for."""
    template = patch["spec"]["template"]["spec"]
    mount = template["containers"][0]["volumeMounts"][0]
    must(template["volumes"][0]["name"] == mount["name"] and "image" in template["volumes"][0])
    must(manifest == mount["mountPath"] + "/credential_provider", manifest)


def by_controller(execution, patch, authority="CA_DATA"):
    image_volume_of(patch, execution["command"])
    with World(BUILT) as world:
        public, data = world.server_of_dev()
        execution = {**execution, "command": str(world.bin / "credential_provider")}
        world.namespaces_by(execution, public, authority.replace("CA_DATA", data), {**world.machine(), **world.pod("ack-reader")})


def argo_cd():
    secret, patch = documents("examples/argo_cd.yaml")
    must(secret["metadata"]["labels"]["argocd.argoproj.io/secret-type"] == "cluster")
    config = json.loads(secret["stringData"]["config"])
    must(secret["stringData"]["server"] == "https://SERVER:6443")
    by_controller(config["execProviderConfig"], patch, authority=config["tlsClientConfig"]["caData"])


def kueue():
    configuration, patch = documents("examples/kueue.yaml")
    provider, = configuration["multiKueue"]["clusterProfile"]["credentialsProviders"]
    by_controller(provider["execConfig"], patch)


def terraform():
    try:
        import hcl2  # of run.sh
    except ImportError:
        raise Skipped("no reader of Terraform's language (python-hcl2) could be had") from None
    with (ROOT / "examples/terraform.tf").open() as file:
        tree = hcl2.load(file)
    rows = [row for block in tree["variable"] for row in block.items()]
    variables = {json.loads(name): json.loads(row["default"]) for name, row in rows if "default" in row}

    def value(word):
        found = re.fullmatch(r"\$\{var\.(\w+)\}", word)
        return variables[found[1]] if found else json.loads(word)

    with World(BUILT) as world:
        world.sign_in_with_a_profile()
        server, authority = world.server_of_dev()
        variables["server"] = server
        variables["certificate_authority"] = base64.b64decode(authority).decode()
        provider = tree["provider"][0]['"kubernetes"']
        block, = provider["exec"]
        execution = {"apiVersion": value(block["api_version"]), "command": value(block["command"]),
                     "args": [value(word) for word in block["args"]]}
        must(variables["cluster_id"] == DEV)
        pem = value(provider["cluster_ca_certificate"])
        world.namespaces_by(execution, value(provider["host"]), base64.b64encode(pem.encode()).decode(), world.user())


def cron_lines():
    """Each line of the crontab: its settings so far, its five fields and its command."""
    settings = {}
    for line in (ROOT / "examples/crontab").read_text().splitlines():
        setting = re.fullmatch(r"(\w+)=(.*)", line)
        if setting:
            settings[setting[1]] = setting[2]
        elif line and not line.startswith("#"):
            fields = line.split(None, 5)
            must(all(re.fullmatch(r"[\d*/,-]+", field) for field in fields[:5]), f"not five fields of a time: {line}")
            must("%" not in fields[5], "cron makes a line of each %")
            yield dict(settings), fields[5]


def cron(command_of):
    settings, command = next(row for row in cron_lines() if command_of in row[1])
    if not knows(command_of):
        raise Skipped(f"the built kubeconfig_writer has no {command_of} yet")
    with World(BUILT) as world:
        world.sign_in_with_a_profile()
        world.run(["kubectl", "ack", "get-credentials", "dev"], world.user())
        world.run(["kubectl", "ack", "forget", "--all"], world.user())
        # cron's own few variables, and the folder of the programs where the crontab says /usr/local/bin.
        path = settings["PATH"].replace("/usr/local/bin", str(world.bin))
        env = {"HOME": str(world.home), "LOGNAME": "me", "SHELL": "/bin/sh", "PATH": path, **world.cloud()}
        first = world.run(["/bin/sh", "-c", command], env)
        before = world.counts()["cs"]
        second = world.run(["/bin/sh", "-c", command], env)
        must(second == "", f"what has nothing to do prints nothing, or cron sends mail: {second}")
        return world, first, world.counts()["cs"] - before


def cron_warm():
    must(cron("warm")[2] == 0, "the second run asks for nothing")


def cron_sync():
    cron("sync")


def prompt():
    if not knows("--prompt", "status"):
        raise Skipped("the built kubeconfig_writer has no status --prompt yet")
    with World(BUILT) as world:
        world.sign_in_with_a_profile()
        world.run(["kubectl", "ack", "get-credentials", "dev"], world.user())
        script = f"PS1='> '; . {ROOT / 'examples/prompt.bash'}; printf %s \"${{PS1@P}}\""
        shown = world.run(["bash", "-c", script], world.user())
        must(re.fullmatch(r"\(dev .*\d+m\) > ", shown), shown)


def k9s_and_lens():
    text = (ROOT / "examples/k9s_and_lens.md").read_text()
    commands = re.findall(r"^\$ (kubectl ack .*)$", text, re.MULTILINE) + re.findall(r"`(kubectl ack [^`]*)`", text)
    must(len(commands) == 3, str(commands))
    with World(BUILT) as world:
        world.sign_in_with_a_profile()
        for command in commands:
            # --profile makes another identity of the context that the first command has added.
            world.run(shlex.split(command) + (["--replace"] if "--profile" in command else []), world.user())
        desktop = {**world.machine(), "PATH": world.system_path}
        must("default" in world.run(["kubectl", "--context", "dev", "get", "namespaces"], desktop))


def listed():
    readme = (ROOT / "examples/README.md").read_text()
    files = {path.name for path in (ROOT / "examples").iterdir()} - {"README.md"}
    named = set(re.findall(r"^\| \[`([^`]+)`\]", readme, re.MULTILINE))
    must(files == named, f"files {sorted(files)}, in the table {sorted(named)}")


def yaml_files():
    lint(["yamllint", "-s", "-d", "{extends: default, rules: {line-length: {max: 140}, document-start: disable, braces: disable, "
          "truthy: disable, comments: {min-spaces-from-content: 1}}}"],
         *[str(path.relative_to(ROOT)) for folder in ("examples", "packaging/action", "packaging/gitlab")
           for path in (ROOT / folder).rglob("*.y*ml")])


def whole(patch):
    """A Deployment with what a patch gives, and the least that has to be there beside it."""
    template = patch["spec"]["template"]
    containers = [{"image": "IMAGE", **row} for row in template["spec"]["containers"]]
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "it"},
            "spec": {"selector": {"matchLabels": {"app": "it"}},
                     "template": {"metadata": {"labels": {"app": "it"}}, "spec": {**template["spec"], "containers": containers}}}}


def manifests():
    try:
        import kubernetes_validate  # of run.sh
    except ImportError:
        raise Skipped("the schemas of Kubernetes (kubernetes-validate) could not be had") from None
    pod = documents("examples/pod_with_rrsa.yaml")
    secret, of_argo_cd = documents("examples/argo_cd.yaml")
    _, of_kueue = documents("examples/kueue.yaml")
    for manifest in [*pod, secret, whole(of_argo_cd), whole(of_kueue)]:
        kubernetes_validate.validate(manifest, "1.37", strict=True)


def scripts():
    lint(["shellcheck"], "packaging/action/set_up.sh")
    template = yaml.safe_load((ROOT / "packaging/gitlab/templates/kubectl-ack.yml").read_text().split("\n---\n")[1])
    script = "\n".join(next(iter(template.values()))["before_script"])
    result = subprocess.run(["shellcheck", "-s", "sh", "-"], input=script, capture_output=True, text=True, check=False)
    must(result.returncode == 0, result.stdout)


def main():
    facts = Facts()
    facts.check("examples/README.md lists each file", listed)
    facts.check("yamllint has nothing to say", yaml_files)
    facts.check("the manifests are of Kubernetes' schemas", manifests)
    facts.check("shellcheck has nothing to say", scripts)
    facts.check("github_actions.yml: the job signs in and kubectl works", github_workflow)
    facts.check("a job from nothing to kubectl get ns, by install.sh", job_from_nothing)
    facts.check("the action used twice: two contexts, one installation", action_twice)
    facts.check("the action where GitHub does not say which it is", action_without_its_name)
    facts.check("the action of a branch installs the newest release", action_of_a_branch)
    facts.check("the action without a cluster installs, no more", action_alone)
    facts.check("the action without the job's permission says which", action_without_permission)
    facts.check("the action without a role says so", action_without_role)
    facts.check("the action leaves the machine's own kubeconfig alone", action_leaves_the_machines_own)
    facts.check("the action of a project without TLS stops", action_without_tls)
    facts.check("the action of a tampered release stops", action_of_a_tampered_release)
    facts.check("gitlab_ci.yml: the job signs in and kubectl works, in bash", gitlab_pipeline, "bash")
    facts.check("gitlab_ci.yml: the same in a POSIX sh", gitlab_pipeline, "dash")
    facts.check("gitlab_ci.yml: of a project without TLS the job stops", gitlab_without_tls)
    facts.check("gitlab_ci.yml: without an installer the job stops", gitlab_without_an_installer)
    facts.check("gitlab_ci.yml: nothing is downloaded by busybox", gitlab_with_busybox)
    facts.check("gitlab_ci.yml: of a tampered release the job stops", gitlab_of_a_tampered_release)
    facts.check("pod_with_rrsa.yaml: the pod signs in as its role", pod_with_rrsa)
    facts.check("argo_cd.yaml: the cluster secret's exec plugin", argo_cd)
    facts.check("kueue.yaml: the credentials provider's exec plugin", kueue)
    facts.check("terraform.tf: the provider's exec block", terraform)
    facts.check("crontab: warm, and silence when there is nothing to do", cron_warm)
    facts.check("crontab: sync", cron_sync)
    facts.check("prompt.bash: context, identity and time", prompt)
    facts.check("k9s_and_lens.md: its commands, and kubectl with a desktop's PATH", k9s_and_lens)
    return facts.finish()


if __name__ == "__main__":
    sys.exit(main())
