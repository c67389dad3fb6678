"""For any two worlds A and B: what a store that was warmed in A gives in B is whose no store would give in B.

property.py PROVIDER SANDBOX CLOCK_LIBRARY AMOUNT [SEED] | --pair SEED.NUMBER | --all PLANTED | --plant PLANTED

AMOUNT is a number of pairs, or of seconds with an s behind it. PLANTED is the provider with faults to be planted."""
import itertools
import multiprocessing
import multiprocessing.connection
import os
import random
import sys
import tempfile
import time

import planted
import table
from cloud import Clouds, leave_this_machine
from dimension import BOUNDED, Turns
from dimensions import use_tokens, vary
from trial import Trial

WORKERS = 2


class Plan:
    """The pairs of a seed, by number: first all cells of the table in turn, then any."""

    def __init__(self, seed):
        self.seed = seed
        self.cells = table.cells()
        self.first_pass = list(table.first_pass(self.cells))

    def __getitem__(self, number):
        rng = random.Random(f"{self.seed}.{number}")
        store = rng.choices(["disk", "runtime", "keyring", "auto"], [70, 10, 10, 10])[0]
        if number < len(self.first_pass):
            cell, turn = self.first_pass[number]
            pair = cell.pair(Turns(turn))
        else:
            cell = rng.choice(self.cells)
            pair = cell.pair(rng)
        has_tokens = not cell.dimension.ack_only and cell.source.kind != "plugin" and pair.rule != BOUNDED
        if has_tokens and rng.random() < 0.2:
            use_tokens(pair)
        if number >= len(self.first_pass):
            vary(pair, rng)
        return cell, pair, store


def work(programs, plan, jobs, until, connection):
    """Tries `jobs`, lists of pairs by their numbers, each with the variables that the provider gets beside its
    world's. Sends (list, number, verdict) of each. Of a list that is to find something, only as many as that takes."""
    leave_this_machine()
    with tempfile.TemporaryDirectory() as folder:
        clouds = Clouds(programs["sandbox"], folder)
        for index, pairs in jobs:
            if time.monotonic() >= until:
                break
            for number, variables in pairs:
                cell, pair, store = plan[number]
                home = os.path.join(folder, f"{index}-{number}")
                verdict = Trial(home, clouds, programs, store, variables).verdict(pair)
                if verdict.fault:
                    where = f"{cell.source.name} × {cell.dimension.name}"
                    verdict.fault = f"{plan.seed}.{number}: {where}, {verdict.fault}"
                connection.send((index, number, verdict))
                if variables and verdict.anothers:
                    break
        clouds.stop()
    connection.close()


def try_pairs(programs, plan, jobs, seconds=float("inf")):
    """Yields what `work` sends, of several workers."""
    until = time.monotonic() + seconds
    connections, processes = [], []
    for worker in range(WORKERS):
        ours, theirs = multiprocessing.Pipe(duplex=False)
        share = itertools.islice(enumerate(jobs), worker, None, WORKERS)
        process = multiprocessing.Process(target=work, args=(programs, plan, share, until, theirs), daemon=True)
        process.start()
        processes.append(process)
        theirs.close()
        connections.append(ours)
    while connections:
        for ready in multiprocessing.connection.wait(connections):
            try:
                yield ready.recv()
            except EOFError:
                connections.remove(ready)
    for process in processes:
        process.join()
        if process.exitcode != 0:
            raise RuntimeError("a worker has ended before its time")


def run(programs, plan, numbers, seconds):
    begin = time.monotonic()
    pairs = worlds = hits = 0
    faults = table.faults_of_the_table()
    for _, number, verdict in try_pairs(programs, plan, ([(number, {})] for number in numbers), seconds):
        cell = plan[number][0]
        cell.pairs, cell.hits = cell.pairs + 1, cell.hits + verdict.hit
        pairs, worlds, hits = pairs + 1, worlds + verdict.worlds, hits + verdict.hit
        if verdict.fault:
            faults.append(verdict.fault)
            print(f"FAILED {verdict.fault}", flush=True)
    table.print_table(plan.cells)
    print(f"\nseed {plan.seed}: {worlds} worlds tried, {pairs} pairs compared in {time.monotonic() - begin:.0f} s, "
          f"{hits} answered from the store, {len(faults)} faults")
    missing = len(numbers) - pairs if seconds == float("inf") else 0
    return pairs - len(faults), len(faults) + missing


def run_planted(programs, provider):
    programs, plan = {**programs, "provider": os.path.abspath(provider)}, Plan("1")
    return planted.run(plan, lambda jobs: try_pairs(programs, plan, jobs))


def main(arguments):
    programs = dict(zip(("provider", "sandbox", "later"), map(os.path.abspath, arguments[:3])))
    what, *more = arguments[3:]
    forever = float("inf")
    if what == "--plant":
        counts = [run_planted(programs, more[0])]
    elif what == "--all":
        plan = Plan("1")
        counts = [run(programs, plan, range(len(plan.first_pass)), forever), run_planted(programs, more[0])]
    elif what == "--pair":
        seed, number = more[0].rsplit(".", 1)
        counts = [run(programs, Plan(seed), [int(number)], forever)]
    else:
        plan = Plan(*more[:1] or ["1"])
        timed = what.endswith("s")
        counts = [run(programs, plan, range(10**9 if timed else int(what)), float(what[:-1]) if timed else forever)]
    passed, failed = map(sum, zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
