#!/usr/bin/env python3
"""Measures a CI job from nothing to `kubectl get ns`: seconds, and what it downloads.

    tests/examples/from_nothing.py bazel-bin [RUNS]

Each run is a job in an empty home: it downloads install.sh and the release that packaging/ packs of the built programs from a
server on loopback that counts, installs it, signs in with the job's own token, adds the context, and asks the cluster for its
namespaces. Prints a table of medians; the seconds are without a network, which is on loopback. kubectl is there before, as on GitHub's
runners.
"""
import functools
import hashlib
import http.server
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

from runners import GitHubJob, GitLabJob, Release
from world import PROVIDER, ROLE, ROOT, World, documents, must

VARIABLES = {"CLUSTER": "dev", "ROLE_ARN": ROLE, "OIDC_PROVIDER_ARN": PROVIDER}
LAST = "kubectl get ns"


class Job(World):
    """What a job stores is in its own folder, and goes with it."""

    def forget_all(self):
        pass


class CountedRelease(Release):
    """A release as packaging/ packs it, served by what counts the bytes of its answers, headers too."""

    def pack(self):
        scratch = self.world.folder / "packing"
        (scratch / "programs").mkdir(parents=True)
        programs = [scratch / "programs" / name for name in ("credential_provider", "kubeconfig_writer")]
        for program in programs:
            program.write_bytes((self.world.bin / program.name).read_bytes())
            program.chmod(0o755)
        for name in ("licences.txt", "amd64.spdx.json"):
            (scratch / name).write_text("\n")
        env = {**os.environ, "VERSION": self.VERSION, "RELEASED": "2026-11-26", "ARCHITECTURE": "linux-amd64",
               "PAGES": str(scratch / "pages.tar"), "PAPERS": str(scratch / "papers.tar"),
               "LICENCES": str(scratch / "licences.txt"), "SBOM": str(scratch / "amd64.spdx.json"),
               **dict.fromkeys(("PROJECT_ADDRESS", "ADDRESS", "PACKAGES"), "https://example.com/OWNER/credential_provider")}
        papers = subprocess.run(["git", "ls-files", "README.md", "SECURITY.md", "LICENSE", "packaging/CHANGELOG.md", "examples",
                                 "docs", ":!*BUILD.bazel"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
        name = f"credential_provider-{self.VERSION}-linux-amd64.tar.gz"
        for command in (["packaging/pages.sh", env["PAGES"], *programs], ["packaging/papers.py", env["PAPERS"], *papers]):
            subprocess.run(command, cwd=ROOT, env=env, check=True)
        subprocess.run([ROOT / "packaging/pack.sh", "tarball", name, *programs], cwd=self.folder, env=env, check=True)
        digest = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        (self.folder / "SHA256SUMS").write_text(f"{digest}  {name}\n")

    def serve(self):
        self.bytes = self.requests = 0
        release = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def setup(self):
                super().setup()
                release.requests += 1
                write = self.wfile.write

                def counted(data):
                    release.bytes += len(data)
                    return write(data)

                self.wfile.write = counted

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=self.site))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def by_the_action(world, release):
    workflow = documents("examples/github_actions.yml")[0]
    job = GitHubJob(world, release, workflow, VARIABLES)
    shown, _ = job.run([workflow["jobs"]["deploy"]["steps"][0], {"run": LAST}])
    return shown[-1]


def by_the_component(world, release):
    component = (ROOT / "packaging/gitlab/templates/kubectl-ack.yml").read_text()
    job = GitLabJob(world, documents("examples/gitlab_ci.yml")[0], component, {**VARIABLES, "PROJECT_URL": release.url})
    job.job["script"] = [LAST]
    return job.run("bash")


def by_the_installer(world, release):
    token = world.id_token("sts.aliyuncs.com", "repo:ORG/REPO:ref:refs/heads/main")
    address = f"{release.url}/releases/download/v{release.VERSION}/install.sh"
    script = (f"curl -fsSL {address} | sh && PATH=~/.local/bin:$PATH && kubectl ack get-credentials dev --region cn-hangzhou "
              f"--identity oidc --oidc-token-env JOB_TOKEN --role-arn {ROLE} --oidc-provider-arn {PROVIDER} --cache-dir ~/kept && {LAST}")
    return world.run(["bash", "-o", "pipefail", "-c", script], {**world.machine(), "CI": "true", "JOB_TOKEN": token})


WAYS = [("the GitHub action", by_the_action), ("the GitLab component", by_the_component),
        ("`install.sh` and one command", by_the_installer)]


def measure(built, way):
    with Job(built) as world, CountedRelease(world) as release:
        begin = time.monotonic()
        shown = way(world, release)
        seconds = time.monotonic() - begin
        must("kube-system" in shown, shown)
        asked = world.counts()
        return seconds, release.bytes, release.requests, asked["sts"], asked["cs"]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    built, runs = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) == 3 else 5
    print("| from nothing to `kubectl get ns` by | seconds | downloads | bytes | calls of STS | of Container Service |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, way in WAYS:
        rows = [measure(built, way) for _ in range(runs)]
        seconds, size, requests, sts, cs = (statistics.median(column) for column in zip(*rows))
        print(f"| {name} | {seconds:.2f} | {requests:.0f} | {size:,.0f} | {sts:.0f} | {cs:.0f} |")


if __name__ == "__main__":
    main()
