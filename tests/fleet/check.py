#!/usr/bin/env python3
"""Holds docs/fleet_year.md against the programs and the simulation.

The constants and rules that it goes by are those of the sources, and its numbers, tables and plot are what the simulation gives.
Before that it sees itself fail, on constants, rules and numbers changed in memory. Ends with "N passed, N failed".
"""
import random
import re

import constants
import fleet
import plot
import simulate
from provider import Home, Provider
from service import CALLER, KUBECONFIG, OPERATIONS, ROLE, Service, run

counts = {True: 0, False: 0}


def check(name, holds):
    counts[bool(holds)] += 1
    if not holds:
        print(f"FAILED: {name}")


def check_constants():
    numbers = constants.read_constants()
    check("each constant is read", all(value > 0 for name, value in numbers.items() if name != "calls_of_install"))
    for rule in constants.broken_rules():
        check(f"{rule.path} has the rule: {rule.name}", False)
    check("rules are those of the sources", not constants.broken_rules())
    for constant in constants.CONSTANTS:
        check(f"another {constant.name} is noticed", is_noticed(constant, numbers))
    for rule in constants.RULES:
        check(f"is noticed when it is gone: {rule.name}",
              rule in constants.broken_rules(lambda path: "" if path == constants.path_of(rule) else constants.read_source(path)))


def is_noticed(constant, numbers):
    """Whether the number is another when its source has another: a digit is put in front."""
    def read(path):
        text = constants.read_source(path)
        if path != constants.path_of(constant):
            return text
        prefix = re.escape(constant.before) + ("" if constant.value == constants.NUMBER else r"absl::\w+\(")
        return re.sub(f"({prefix})", r"\g<1>7", text)

    return constants.read_constants(read)[constant.name] != numbers[constant.name]


def ask(limits, begins, by_place=False, **changes):
    """What one home asks for when kubectl runs at these times: first attempts by operation, all attempts, and failed runs."""
    settings = fleet.settings(**changes)
    provider = Provider(settings, random.Random(1))
    home = Home(None if by_place else ROLE, by_place)
    service = Service(limits)

    def runs():
        now = 0
        for begin in begins:
            now, _ = yield from provider.kubectl(home, 0, max(now, begin))

    run([(0, runs())], service)
    asked = {operation: sum(service.asked[operation].values()) for operation in OPERATIONS}
    return asked, sum(map(sum, (counts.values() for counts in service.throttled.values()))), provider.failed


def check_model():
    """One home alone, against what its rules say."""
    minutes = [60 * minute for minute in range(24 * 60)]
    asked, _, _ = ask({}, minutes[:47])
    check("four fifths of a certificate's life cost one session and one certificate", (asked[ROLE], asked[KUBECONFIG]) == (1, 1))
    asked, _, _ = ask({}, minutes)
    check("kubectl every minute: a certificate each 48 minutes", asked[KUBECONFIG] == 24 * 60 // 48)
    check("a session signs as long as three minutes of it are left: two certificates", asked[ROLE] == 24 * 60 // 96)
    _, attempts, failed = ask({ROLE: 0}, [0, 4, 30])
    check("four attempts, none while the failure is fresh, then four", (attempts, failed) == (8, 3))
    _, attempts, failed = ask({KUBECONFIG: 0}, [0, 60], attempts=1)
    check("a session is kept when the certificate is refused", (attempts, failed) == (2, 2))
    asked, _, _ = ask({}, minutes[:47], by_place=True)
    check("a place is asked about every five minutes while it is in use", asked[CALLER] == 1 + 46 // 5)
    asked, _, failed = ask({}, [0, 60, 119, 121, 600], issuer="ack-token")
    check("a token costs no certificate, and is looked at anew when the API server has forgotten it",
          (asked[KUBECONFIG], asked[ROLE], asked[CALLER], failed) == (0, 1, 3, 0))


def check_document():
    document = simulate.DOCUMENT.read_text()
    outcomes = simulate.simulate()
    values = simulate.document_values(outcomes)
    for name, text in values.items():
        only = {mark: text if mark == name else found for _, mark, found, _ in simulate.PARTS.findall(document)}
        check(f"docs/fleet_year.md, {name}: write it anew with tests/fleet/simulate.py --write",
              simulate.fill(document, only) == document)
    check_claims(outcomes)
    keeps_nothing = constants.read_constants()["calls_of_install"] > 0
    check("what docs/fleet_year.md says of install is so", ("keeps nothing of it" in document) == keeps_nothing)
    check("docs/fleet_year.svg is what the simulation gives",
          simulate.PICTURE.read_text() == plot.by_hour(outcomes["day", "workday"]))
    changed = document.replace("| 0.4 s |", "| 0.5 s |", 1)
    check("another number in the document is noticed", simulate.fill(changed, values) not in (changed, ""))


def check_claims(outcomes):
    """What the document says in words."""
    def fleet_with(name):
        return outcomes["fleet", name]

    def people_with(name):
        return outcomes["people", name]

    base, people = fleet_with("as it is"), people_with("as it is")
    check("a spread over five minutes ends what the full hour does",
          base["failed_jobs"] > 0.01 and fleet_with("those at the full hour spread over 5 min")["failed_jobs"] == 0)
    check("with the job's own token nearly nothing is shared",
          max(fleet_with("all runners keep a home, job's token")["cs"]) > 0.95 * max(base["cs"]))
    dedicated = fleet_with("all keep it, instance's role, one cluster each")
    check("runners with a role of their own ask STS nothing", sum(dedicated["oidc"]) == 0)
    check("and meet no limit", dedicated["failed_jobs"] == 0)
    more = fleet_with("6 attempts")
    check("more attempts lengthen the wait more than they help",
          more["p99"] / base["p99"] > base["failed_jobs"] / more["failed_jobs"] > 1)
    check("4h spare more than a third of the waits", people_with("certificate 4h")["misses"] < 2 / 3 * people["misses"])
    longer = people_with("role session 12h (the longest)")
    check("a longer session spares calls and no wait",
          sum(longer["sts"]) < sum(people["sts"]) and abs(longer["misses"] - people["misses"]) < 0.001)
    jitter = people_with("renewal ahead with jitter: last 10 to 30 %")
    check("jitter of renewal changes nothing", abs(sum(jitter["cs"]) / sum(people["cs"]) - 1) < 0.01
          and jitter["cs_second"] == people["cs_second"])
    check("above 100,000 jobs STS's limit comes into reach",
          outcomes["size", 100_000, "plain"]["sts_second"] < 100 < outcomes["size", 300_000, "plain"]["sts_second"])
    check("up to 10,000 jobs nothing is needed", outcomes["size", 10_000, "plain"]["cs_second"] < 10)


def main():
    check_constants()
    check_model()
    check_document()
    print(f"{counts[True]} passed, {counts[False]} failed")
    return counts[False] > 0


if __name__ == "__main__":
    raise SystemExit(main())
