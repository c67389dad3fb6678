"""Generated kubeconfigs through the commands that change them. See README.md."""
import argparse
import collections
import os
import shutil
import subprocess
import sys
import tempfile
import threading

from kubeconfigs import generate
from trial import Fault, forget, Trial
from world import oldest_and_newest_kubectl, Sandbox, World

WORKERS = 16  # that mostly wait: an edit looks at the file once more before it ends
MIGRATED_EVERY = 10
SHOWN_FAULTS = 10


class Counts:
    """What became of each command, and the faults."""

    def __init__(self):
        self.lock = threading.Lock()
        self.outcomes = collections.Counter()
        self.faults = []
        self.passed = 0

    def count(self, what, outcome):
        with self.lock:
            self.outcomes[what, outcome] += 1

    def table(self):
        lines = []
        for what in sorted({what for what, _ in self.outcomes}):
            of = {outcome: n for (name, outcome), n in self.outcomes.items() if name == what}
            lines.append(f"{what}: {of.pop('done', 0)} done, {sum(of.values())} refused with nothing written")
            lines += [f"  {n:6}  {outcome}" for outcome, n in sorted(of.items(), key=lambda pair: -pair[1])]
        return "\n".join(lines)


def try_one(world, options, number, statics, counts):
    static = statics if number % MIGRATED_EVERY == 0 else None
    kubectls = options.kubectls if number % options.judged_every == 0 else []
    trial = Trial(world, generate(options.seed, number, static), number, static, kubectls, counts.count)
    fault = None
    try:
        trial.run()
    except (Fault, subprocess.TimeoutExpired) as broken:
        fault = f"file {options.seed}.{number}: {broken}\n    {'; '.join(trial.steps)}"
    with counts.lock:
        counts.passed += fault is None
        if fault:
            counts.faults.append(fault)
            if len(counts.faults) <= SHOWN_FAULTS:
                print(f"FAILED: {fault}", flush=True)


def work(worker, options, folder, places, counts):
    world = World(options.programs, places, os.path.join(folder, str(worker)))
    statics = world.static_user()
    for i, number in enumerate(options.numbers[worker::WORKERS]):
        try_one(world, options, number, statics, counts)
        if i % 50 == 0:
            forget(world)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("credential_provider")
    parser.add_argument("kubeconfig_writer")
    parser.add_argument("sandbox")
    parser.add_argument("files", type=int)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--judged-every", type=int, default=5, help="how many files there are for each that kubectl judges")
    options = parser.parse_args()
    options.programs = {"credential_provider": options.credential_provider, "kubeconfig_writer": options.kubeconfig_writer}
    options.numbers = range(options.first, options.first + options.files)
    options.kubectls = oldest_and_newest_kubectl()
    counts = Counts()
    folder = tempfile.mkdtemp(prefix="edits.")
    sandbox = Sandbox(options.sandbox, os.path.join(folder, "sandbox"))
    try:
        workers = [threading.Thread(target=work, args=(i, options, folder, sandbox.places, counts)) for i in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        sandbox.stop()
        shutil.rmtree(folder)
    print(counts.table())
    judges = " and ".join(os.path.basename(kubectl) for kubectl in options.kubectls) or "no kubectl"
    print(f"seed {options.seed}, files {options.first} to {options.numbers[-1]}; judge of every {options.judged_every}th: {judges}")
    unfinished = options.files - counts.passed - len(counts.faults)
    print(f"{counts.passed} passed, {len(counts.faults) + unfinished} failed")
    return 1 if counts.faults or unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
