#!/usr/bin/env python3
"""usage: matrix.py CREDENTIAL_PROVIDER KUBECONFIG_WRITER SANDBOX

Runs the hit, the miss and the writer under every fault and prints which promise held: a row for each promise, a column
for each fault, in a cell the number of runs. Ends with "N passed, N failed, N skipped", of cells.
FAULTS_OF_A_KIND=N injects at N calls of each kind (default 6); FAULTS=WORD runs the columns with the word in them.
"""
import concurrent.futures
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from faults import FAULTS, OPERATIONS, Tools, count_calls
from world import KUBECONFIG, KUBECONFIG_WHOLE, PROMISES, STORE, Judge, Result, Sandbox, World

JOBS = max(2, os.cpu_count() or 2)
RUNS_IN_PARALLEL = int(os.environ.get("FAULTS_PARALLEL_RUNS", "1000"))
PARALLEL = "1,000 runs in parallel, killed at random"


class Laboratory:
    """Makes a new world for each run, as its operation needs it, and keeps what came out."""

    def __init__(self, programs, sandbox, folder):
        self.programs, self.sandbox, self.folder = programs, sandbox, folder
        self.numbers = iter(range(10**9))
        self.lock = threading.Lock()
        self.stored = self.new_world()
        self.judge = Judge(self.stored)

    def new_world(self):
        with self.lock:
            home = os.path.join(self.folder, f"{next(self.numbers):06}")
        os.mkdir(home, 0o700)
        return World(self.programs, self.sandbox, home)

    def world_for(self, operation):
        world = self.new_world()
        if operation == "hit":
            shutil.copytree(self.stored.store, world.store)
        if operation == "install":
            world.add_kubeconfig()
        return world

    def broken_by(self, run):
        """Returns the promises that `run` has broken, and what it said."""
        world = self.world_for(run.operation)
        if run.arrange:
            run.arrange(world)
        command = [*run.wrap, *world.command(run.operation)]
        result = world.run(command, run.env, run.before, run.closed, run.reader_gone)
        restore(world)
        broken = self.judge.broken(run.operation, world, result, run.signalled, mute=2 in run.closed)
        shutil.rmtree(world.home, ignore_errors=True)
        return broken, result


def restore(world):
    """Takes away what was planted, so that a run without a fault can show what is left."""
    if os.path.islink(world.store) or os.path.isfile(world.store):
        os.unlink(world.store)
    elif os.path.isdir(world.store):
        os.chown(world.store, os.geteuid(), -1)
        os.chmod(world.store, 0o700)
        for name in os.listdir(world.store):
            if os.path.islink(os.path.join(world.store, name)):
                os.unlink(os.path.join(world.store, name))
    victim = os.path.join(world.home, "victim")
    if os.path.exists(victim):
        with open(victim) as stream:
            assert stream.read() == "untouched", "a planted link was followed"
        for name in os.listdir(os.path.dirname(world.kubeconfig)):
            path = os.path.join(os.path.dirname(world.kubeconfig), name)
            if os.path.islink(path):
                os.unlink(path)


def concerns(promise, operation):
    if promise == KUBECONFIG_WHOLE:
        return operation == "install"
    if promise == STORE:
        return operation != "install"
    return True


class Column:
    def __init__(self, name):
        self.name, self.runs, self.broken, self.notes, self.skipped = name, {}, {}, [], None

    def add(self, operation, what, broken, result):
        for promise in PROMISES:
            if concerns(promise, operation):
                self.runs[promise] = self.runs.get(promise, 0) + 1
        for promise in broken:
            self.broken[promise] = self.broken.get(promise, 0) + 1
            self.notes.append(f"{operation}: {what}: broken: {promise}: status {result.status}, "
                              f"stdout {result.out[:60]!r}, stderr {result.err[-300:]!r}")

    def cell(self, promise):
        if self.skipped:
            return "skipped"
        if promise not in self.runs:
            return "–"
        broken = self.broken.get(promise, 0)
        return f"**{broken} of {self.runs[promise]} broken**" if broken else str(self.runs[promise])


def run_column(laboratory, name, runs):
    column = Column(name)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for run, (broken, result) in zip(runs, pool.map(laboratory.broken_by, runs)):
            column.add(run.operation, run.what, broken, result)
    return column


def run_parallel(laboratory):
    """Many runs in one home, half of them killed after some milliseconds; now and then the store is emptied."""
    world = laboratory.new_world()
    world.add_kubeconfig()
    column = Column(PARALLEL)
    chance = random.Random(1)
    plans = [(chance.choice(["get", "get", "install"]), chance.random() < 0.5, chance.uniform(0, 0.03),
              chance.random() < 0.1) for _ in range(RUNS_IN_PARALLEL)]
    torn = []
    killed = 0

    def one(plan):
        operation, kill, delay, forget = plan
        if forget:
            world.run(world.command("forget"))
        process = subprocess.Popen(world.command(operation), env=world.env, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        if kill:
            time.sleep(delay)
            process.kill()
        out, err = process.communicate()
        # The lock of a killed writer stays, as kubectl's does.
        if kill and operation == "install" and os.path.exists(world.kubeconfig + ".lock"):
            try:
                os.unlink(world.kubeconfig + ".lock")
            except FileNotFoundError:
                pass
        with open(world.kubeconfig) as stream:
            text = stream.read()
        if text != KUBECONFIG and not laboratory.judge.is_new(text, world):
            torn.append(text)
        return operation, kill, Result(process.returncode, out.decode(), err.decode())

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for operation, kill, result in pool.map(one, plans):
            signalled = signal.SIGKILL if kill else None
            killed += result.status == -signal.SIGKILL
            broken = laboratory.judge.broken_words(operation, world, result, signalled)
            if torn:
                broken.add(KUBECONFIG_WHOLE)
            column.add(operation, "killed" if kill else "left alone", broken, result)
    print(f"{column.name}: {killed} killed before their end", file=sys.stderr)
    for operation in ("get", "install"):
        column.add(operation, "afterwards", laboratory.judge.broken_afterwards(operation, world), Result(0, "", ""))
    return column


def print_matrix(columns):
    print("| promise | " + " | ".join(column.name for column in columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for promise in PROMISES:
        print(f"| {promise} | " + " | ".join(column.cell(promise) for column in columns) + " |")


def main():
    provider, writer, sandbox_program = (os.path.realpath(path) for path in sys.argv[1:4])
    folder = tempfile.mkdtemp(prefix="faults.")
    sandbox = Sandbox(sandbox_program, folder)
    columns = []
    try:
        laboratory = Laboratory({"credential_provider": provider, "kubeconfig_writer": writer}, sandbox, folder)
        calls = {}
        for operation in OPERATIONS:
            world = laboratory.world_for(operation)
            calls[operation] = count_calls(world, world.command(operation))
        loader_calls = count_calls(laboratory.new_world(), [writer, "version"])
        tools = Tools(folder, calls, loader_calls, [provider, writer])
        for name, make in [*FAULTS, (PARALLEL, None)]:
            if os.environ.get("FAULTS", "") not in name:
                continue
            began = time.time()
            if name == "clock jumps" and not tools.faketime:
                column = Column(name)
                column.skipped = "libfaketime is not installed"
            else:
                column = run_column(laboratory, name, list(make(tools))) if make else run_parallel(laboratory)
            columns.append(column)
            print(f"{name}: {max(column.runs.values(), default=0)} runs, {time.time() - began:.0f} s", file=sys.stderr)
    finally:
        sandbox.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print_matrix(columns)
    for column in columns:
        for note in column.notes[:20]:
            print(f"- {column.name}: {note}")
        if column.skipped:
            print(f"- {column.name}: skipped: {column.skipped}")
    cells = [column.cell(promise) for column in columns for promise in PROMISES]
    failed = sum("broken" in cell for cell in cells)
    skipped = cells.count("skipped")
    passed = len(cells) - failed - skipped - cells.count("–")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(failed > 0)


main()
