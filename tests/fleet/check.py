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
    keeps_nothing = constants.read_constants()["calls_of_install"] > 0
    check("what docs/fleet_year.md says of install is so", ("keeps nothing of it" in document) == keeps_nothing)
    check("docs/fleet_year.svg is what the simulation gives",
          simulate.PICTURE.read_text() == plot.by_hour(outcomes["day", "workday"]))
    changed = document.replace("| 0.4 s |", "| 0.5 s |", 1)
    check("another number in the document is noticed", simulate.fill(changed, values) not in (changed, ""))


def main():
    check_constants()
    check_model()
    check_document()
    print(f"{counts[True]} passed, {counts[False]} failed")
    return counts[False] > 0


if __name__ == "__main__":
    raise SystemExit(main())
