"""The values of docs/fleet_year.md, made of the outcomes: text for each of its marks."""
import constants
import fleet

# What is not the programs': the parameter, its field of fleet.Fleet (or fields, or a text), and where it comes from.
ASSUMPTIONS = [
    ("calls a second that STS grants for each account, region and operation", "sts_limit",
     "STS, \"Flow control information\"; that it means seconds of the clock is assumed"),
    ("calls a second that Container Service grants", "cs_limit", "**unknown**: not published; an example"),
    ("seconds until STS and Container Service answer", ("sts_seconds", "cs_seconds"), "assumed"),
    ("`x-acs-retry-after` in a throttled answer", "none", "unknown; one row above has it"),
    ("jobs on a workday; people", ("jobs", "people"), "the fleet"),
    ("when: both peak from 9 to 17, in one time zone", "curves", "assumed: `JOB_HOURS`, `TASK_HOURS` in `tests/fleet/fleet.py`"),
    ("part of an hour's jobs that start with it; seconds over which they do", ("full_hour_share", "full_hour_spread"), "assumed"),
    ("seconds that a job takes, mean of 20 s to 2 h; and between its kubectl", ("job_seconds", "job_kubectl_every"), "assumed"),
    ("runners; clusters that jobs use", ("runners", "clusters"), "assumed"),
    ("a person's tasks a day; kubectl in each, to one of three clusters; mean seconds between them",
     ("tasks", "task_kubectl", "task_gap"), "assumed"),
    ("seconds for which an API server knows a token", "review_cache", "kube-apiserver's default; ACK's is unknown"),
]


def number(value):
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def rate(calls, seconds=3600):
    return f"{calls / seconds:.1f}"


def percent(part):
    return "0" if part == 0 else "< 0.1 %" if part < 0.001 else f"{100 * part:.1f} %"


def seconds(value):
    return f"{value:.1f} s"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head, rows, left=1):
    line = "| " + " | ".join(["---"] * left + ["---:"] * (len(head) - left)) + " |"
    return "".join(line + "\n" for line in [row(*head), line] + [row(*cells) for cells in rows])


def duration(value):
    for unit, name in ((3600, "h"), (60, "min")):
        if value >= unit and value % unit == 0:
            return f"{value // unit:.0f} {name}"
    return f"{value:g} s"


def parameters_table(numbers):
    rows = [(constant.meaning, f"{numbers[constant.name]:g}" if constant.value == constants.NUMBER
             else duration(numbers[constant.name]), f"`{constant.path}`") for constant in constants.CONSTANTS]
    rows.append(("calls of each kind that `install` keeps nothing of", numbers["calls_of_install"], f"`{constants.INSTALL}`"))
    base = fleet.Fleet()
    for meaning, fields, source in ASSUMPTIONS:
        fields = fields if isinstance(fields, tuple) else (fields,)
        rows.append((meaning, "; ".join(f"{getattr(base, field):,g}" if hasattr(base, field) else field for field in fields),
                     source))
    return table(("parameter", "value", "source, that of the programs below `credential_provider/`"), rows, left=3)


def hours_table(day):
    means = [("AssumeRoleWithOIDC", "oidc"), ("AssumeRole", "role"), ("CS", "cs")]
    rows = [[name] + [rate(calls) for calls in day[which]] for name, which in means]
    rows += [["STS, busiest"] + day["sts_seconds"], ["CS, busiest"] + day["cs_seconds"]]
    return table(["hour"] + list(range(24)), rows)


def limits_table(outcomes):
    rows = [(f"{limit} a second", number(o["throttled"]), percent(o["throttled_share"]), percent(o["failed_jobs"]),
             percent(o["failed_runs"]), seconds(o["median"]), seconds(o["p99"]), seconds(o["longest"]))
            for (_, limit), o in of_kind(outcomes, "limit")]
    return table(("were the limit", "throttled", "of all", "failed jobs", "failed kubectl of people", "wait, median", "99 %",
                  "longest"), rows)


def of_kind(outcomes, kind):
    return [(name, outcome) for name, outcome in outcomes.items() if name[0] == kind]


def fleet_table(outcomes):
    rows = [(name, rate(max(o["sts"])), rate(max(o["cs"])), o["sts_second"], o["cs_second"], percent(o["throttled_share"]),
             percent(o["failed_jobs"]), seconds(o["p99"])) for (_, name), o in of_kind(outcomes, "fleet")]
    return table(("the fleet from 9 to 11, with", "STS", "CS", "STS, busiest second", "CS, busiest second", "throttled",
                  "failed jobs", "wait, 99 %"), rows)


def people_table(outcomes):
    rows = [(name, number(sum(o["sts"])), number(sum(o["cs"])), o["sts_second"], o["cs_second"],
             percent(o["misses"]), percent(o["renewals"]))
            for (_, name), o in of_kind(outcomes, "people")]
    return table(("people alone on a workday, with", "STS a day", "CS a day", "STS, busiest second", "CS, busiest second",
                  "kubectl that wait", "that renew afterwards"), rows)


def sizes_table(outcomes):
    sizes = sorted({jobs for _, jobs, _ in (name for name, _ in of_kind(outcomes, "size"))})
    rows = [[f"{jobs:,}", f"{jobs // 20:,}"] + [outcomes["size", jobs, how][second] for how in ("plain", "spread", "dedicated")
                                                for second in ("sts_second", "cs_second")] for jobs in sizes]
    return table(("jobs a day", "people", "STS", "CS", "STS, spread", "CS, spread", "STS, own runners", "CS, own runners"), rows)


def values(outcomes, numbers, year):
    day = outcomes["day", "workday"]
    return {
        "parameters": parameters_table(numbers),
        "hours": hours_table(day),
        "limits": limits_table(outcomes),
        "fleet": fleet_table(outcomes),
        "people": people_table(outcomes),
        "sizes": sizes_table(outcomes),
        "runs": f"{day['runs'] / 1000:,.0f},000",
        "sts_day": f"{sum(day['sts']) / 1000:,.0f},000",
        "cs_day": f"{sum(day['cs']) / 1000:,.0f},000",
        "sts_year": f"{year['sts'] / 1e6:.0f} million",
        "cs_year": f"{year['cs'] / 1e6:.0f} million",
        "cs_mean": rate(max(day["cs"])),
        "cs_second": str(day["cs_second"]),
        "cs_year_second": str(year["cs_second"]),
        "oidc_year_second": str(year["oidc_second"]),
    }
