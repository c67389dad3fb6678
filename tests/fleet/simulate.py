#!/usr/bin/env python3
"""Simulates the fleet of docs/fleet_year.md and fills in that document's numbers, its tables and its plot.

  tests/fleet/simulate.py          prints the values of the document
  tests/fleet/simulate.py --write  writes them between its marks, and docs/fleet_year.svg
"""
import gc
import math
import multiprocessing
import re
import sys

import constants
import fleet
import plot
import tables
from service import KUBECONFIG, OIDC, OPERATIONS, ROLE, STS, total

DOCUMENT = constants.ROOT / "docs" / "fleet_year.md"
PICTURE = constants.ROOT / "docs" / "fleet_year.svg"
# A value, between the mark with its name and the next mark.
PARTS = re.compile(r"(<!--=(\w+)-->\n?)(.*?)(<!--/-->)", re.DOTALL)
ENDLESS = float("inf")

# Full days, unlimited: what is asked for.
DAYS = {
    "workday": dict(cs_limit=ENDLESS, sts_limit=ENDLESS),
    "weekend": dict(cs_limit=ENDLESS, sts_limit=ENDLESS, jobs=30_000, people=250),
}
WORKDAYS, WEEKEND_DAYS = 261, 104
MORNING = (8, 11)
LIMITS = (5, 10, 20, 30, 50)  # of Container Service, calls a second; the one in the middle is that of the base
# What changes when one thing does: for the fleet in the morning, and for people alone on a whole day.
FLEET_CHANGES = {
    "as it is": {},
    "no job starts at the full hour": dict(full_hour_share=0),
    "half of the jobs start at the full hour": dict(full_hour_share=0.5),
    "those at the full hour spread over 5 min": dict(full_hour_spread=300),
    "`install` in each job": dict(install=True),
    "half of the runners keep a home, job's token": dict(kept_share=0.5),
    "all runners keep a home, job's token": dict(kept_share=1),
    "all keep it, instance's role, any cluster": dict(kept_share=1, runner_identity=True),
    "all keep it, instance's role, one cluster each": dict(kept_share=1, runner_identity=True, clusters_of_runner=1),
    "no second attempt": dict(attempts=1),
    "attempts without jitter": dict(pause_jitter=False),
    "6 attempts": dict(attempts=6),
    "the service says when to come back: 1 s": dict(retry_after=1),
    "`ack-token` instead of certificates": dict(issuer="ack-token"),
}
PEOPLE_CHANGES = {
    "as it is": {},
    "certificate 15m (the shortest)": dict(certificate=15 * 60),
    "certificate 4h": dict(certificate=4 * 3600),
    "certificate 12h": dict(certificate=12 * 3600),
    "role session 12h (the longest)": dict(role_session=12 * 3600),
    "no renewal ahead (`--refresh-ahead 0`)": dict(refresh_ahead=0),
    "renewal ahead with jitter: last 10 to 30 %": dict(renewal_jitter=0.5),
    "signed in by a command (`External`)": dict(people_by_place=True),
    "`ack-token`": dict(issuer="ack-token"),
}
SPREAD = dict(full_hour_spread=300)
DEDICATED = dict(kept_share=1, runner_identity=True, clusters_of_runner=1)
SIZES = (10_000, 30_000, 100_000, 300_000)
SIZE_HOURS = (9, 11)


def sized(jobs, changes):
    return dict(jobs=jobs, people=jobs // 20, runners=jobs // 100, cs_limit=ENDLESS, sts_limit=ENDLESS, hours=SIZE_HOURS,
                **changes)


def scenarios():
    found = {("day", name): changes for name, changes in DAYS.items()}
    found.update({("limit", limit): dict(cs_limit=limit, hours=MORNING) for limit in LIMITS})
    found.update({("fleet", name): dict(hours=MORNING, **changes) for name, changes in FLEET_CHANGES.items()})
    found.update({("people", name): dict(jobs=0, cs_limit=ENDLESS, **changes) for name, changes in PEOPLE_CHANGES.items()})
    for jobs in SIZES:
        found["size", jobs, "plain"] = sized(jobs, {})
        found["size", jobs, "spread"] = sized(jobs, SPREAD)
        found["size", jobs, "dedicated"] = sized(jobs, DEDICATED)
    return found


def quantile(ordered, part):
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def outcome(changes):
    """What the document says of one scenario."""
    day = fleet.Day(fleet.settings(**changes))
    service = day.service
    measured = (day.settings.measured_from, day.settings.measured_to)
    hours = [(3600 * hour, 3600 * hour + 3600) for hour in range(24)]

    def busiest(operations, begin, end):
        return max(service.busiest(operation, begin, end) for operation in operations)

    waits = sorted(day.jobs.waits + day.people.waits)
    asked = sum(total(service.asked[operation], *measured) for operation in OPERATIONS)
    throttled = sum(total(service.throttled[operation], *measured) for operation in OPERATIONS)
    return {
        "sts": service.by_hour(STS), "cs": service.by_hour([KUBECONFIG]),
        "oidc": service.by_hour([OIDC]), "role": service.by_hour([ROLE]),
        "sts_second": busiest(STS, *measured), "cs_second": busiest([KUBECONFIG], *measured),
        "sts_seconds": [busiest(STS, *hour) for hour in hours], "cs_seconds": [busiest([KUBECONFIG], *hour) for hour in hours],
        "cs_half_minute": service.busiest(KUBECONFIG, *measured, span=30) / 30,
        "oidc_half_minute": service.busiest(OIDC, *measured, span=30) / 30,
        "throttled": throttled, "throttled_share": throttled / (asked + throttled),
        "failed_jobs": day.failed_jobs / max(day.ended_jobs, 1), "failed_runs": day.people.failed / day.people.runs,
        "runs": day.jobs.runs + day.people.runs,
        "misses": day.people.misses / day.people.runs, "renewals": day.people.renewals / day.people.runs,
        "median": quantile(waits, 0.5), "p99": quantile(waits, 0.99), "longest": waits[-1],
    }


def once_a_year(rate, seconds):
    """The largest count in one second that is to be expected once in so many seconds of Poisson arrivals at that rate."""
    tail, term, count = 1.0, math.exp(-rate), 0
    while tail * seconds >= 1:
        tail -= term
        count += 1
        term *= rate / count
    return count - 1


def simulate():
    """The outcomes of all scenarios, by name."""
    gc.disable()
    names = scenarios()
    order = sorted(names, key=lambda name: str(names[name].get("jobs", 0)))
    with multiprocessing.Pool(2) as pool:
        found = dict(zip(order, pool.map(outcome, [names[name] for name in order], chunksize=3)))
    return {name: found[name] for name in names}


def fill(document, values):
    """The document with the values between its marks. Each mark must have a value, and each value a mark."""
    marks = {mark for _, mark, _, _ in PARTS.findall(document)}
    if marks != set(values):
        raise ValueError(f"marks and values differ: {sorted(marks ^ set(values))}")
    return PARTS.sub(lambda part: part[1] + values[part[2]] + part[4], document)


def year_of(outcomes):
    work, rest = outcomes["day", "workday"], outcomes["day", "weekend"]
    return {which: WORKDAYS * sum(work[which]) + WEEKEND_DAYS * sum(rest[which]) for which in ("sts", "cs")} | {
        which: once_a_year(work[rate], WORKDAYS * 24 * 30)
        for which, rate in (("cs_second", "cs_half_minute"), ("oidc_second", "oidc_half_minute"))}


def document_values(outcomes):
    return tables.values(outcomes, constants.read_constants(), year_of(outcomes))


def main():
    outcomes = simulate()
    values = document_values(outcomes)
    if sys.argv[1:] != ["--write"]:
        for name, text in values.items():
            print(f"-- {name}\n{text}")
        return
    PICTURE.write_text(plot.by_hour(outcomes["day", "workday"]))
    DOCUMENT.write_text(fill(DOCUMENT.read_text(), values))


if __name__ == "__main__":
    main()
