"""The fleet: when jobs and people run kubectl on a day, and one day simulated."""
import bisect
import dataclasses
import functools
import itertools
import math
import random

import constants
from provider import Home, Provider
from service import CALLER, KUBECONFIG, OIDC, ROLE, Service, run

# Percent of a workday's jobs, and of a person's tasks, in each hour: all in one time zone, which is the worst case.
JOB_HOURS = [2, 2, 2, 2, 2, 2, 2, 3, 5, 8, 8, 7, 5, 6, 8, 8, 7, 6, 4, 3, 2, 2, 2, 2]
TASK_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 4, 12, 14, 12, 5, 9, 13, 12, 10, 6, 2, 1, 0, 0, 0, 0]
PROJECTS = 400
CLUSTER_SHARES = [0.6, 0.3, 0.1]  # of a person's tasks
SEED = 2015_12_15


@dataclasses.dataclass(frozen=True)
class Fleet:
    """What is assumed, as the table of the document says."""

    jobs: int = 100_000  # a workday
    people: int = 5_000
    job_seconds: float = 360  # mean; exponential, 20 s to 2 h
    job_kubectl_every: float = 60
    full_hour_share: float = 0.1  # of the jobs of an hour: they start with it
    full_hour_spread: float = 30  # seconds over which they do
    runners: int = 1_000
    kept_share: float = 0.0  # of jobs on runners with a kept home
    runner_identity: bool = False  # the instance's role of the runner, instead of the job's token
    clusters: int = 20  # that jobs use
    clusters_of_runner: int = 20  # of these, those that one runner serves
    install: bool = False  # in each job, before kubectl
    tasks: int = 8  # of a person a day, each on one cluster
    task_kubectl: int = 5  # runs in a task
    task_gap: float = 40  # mean seconds between them
    sts_limit: float = 100
    cs_limit: float = 20  # unknown: this is an example
    sts_seconds: float = 0.1  # until an answer
    cs_seconds: float = 0.3
    review_cache: float = 120


class Settings:
    """The programs' constants, the fleet, and what a scenario has otherwise."""

    def __init__(self, numbers, **changes):
        fleet = Fleet()
        self.__dict__.update(numbers)
        self.__dict__.update(dataclasses.asdict(fleet))
        self.__dict__.update(issuer="ack", people_by_place=False, hours=(0, 24), renewal_jitter=0.0)
        self.__dict__.update(pause_jitter=True, retry_after=0)
        unknown = set(changes) - set(self.__dict__)
        assert not unknown, unknown
        self.__dict__.update(changes)
        # Of a part of a day the first hour, which begins with empty stores, is not measured.
        self.measured_from = 3600 * (self.hours[0] + (self.hours != (0, 24)))
        self.measured_to = 3600 * self.hours[1]
        self.answers = {OIDC: self.sts_seconds, ROLE: self.sts_seconds, CALLER: self.sts_seconds,
                        KUBECONFIG: self.cs_seconds}
        self.limits = {OIDC: self.sts_limit, ROLE: self.sts_limit, CALLER: self.sts_limit, KUBECONFIG: self.cs_limit}


@functools.lru_cache(maxsize=1)
def job_draws(jobs):
    """The hour of each job and six random numbers: the same in all scenarios."""
    draw = random.Random(SEED).random
    return [(hour, draw(), draw(), draw(), draw(), draw(), draw())
            for hour, share in enumerate(JOB_HOURS) for _ in range(round(jobs * share / sum(JOB_HOURS)))]


def plan_jobs(s):
    """When each job starts, how long it takes, of which project it is and on which runner."""
    for hour, whole, place, length, project, runner, kept in job_draws(s.jobs):
        if not s.hours[0] <= hour < s.hours[1]:
            continue
        start = place * s.full_hour_spread if whole < s.full_hour_share else place * 3600
        seconds = min(max(20, -s.job_seconds * math.log(1 - length)), 7200)
        yield hour * 3600 + start, seconds, int(PROJECTS * project**2), int(s.runners * runner), kept < s.kept_share


@functools.lru_cache(maxsize=4)
def plan_people(people, tasks, runs_of_task, gap):
    """For each person, when they run kubectl, and on which of their clusters."""
    draws = random.Random(SEED + 3)
    return [plan_person(draws, tasks, runs_of_task, gap) for _ in range(people)]


def plan_person(draws, tasks, runs_of_task, gap):
    hours = list(itertools.accumulate(TASK_HOURS))
    runs = []
    for _ in range(tasks):
        at = 3600 * (bisect.bisect(hours, draws.random() * hours[-1]) + draws.random())
        cluster = bisect.bisect(list(itertools.accumulate(CLUSTER_SHARES)), draws.random() * 0.9999)
        for _ in range(runs_of_task):
            runs.append((at, cluster))
            at += -gap * math.log(1 - draws.random())
    return sorted(runs)


class Day:
    """A day simulated. What came of it is in `service`, `jobs` and `people`."""

    def __init__(self, settings):
        self.settings = settings
        self.service = Service(settings.limits)
        self.jobs = Provider(settings, random.Random(SEED + 1))
        self.people = Provider(settings, random.Random(SEED + 2))
        self.ended_jobs = self.failed_jobs = 0
        self.kept_homes = {}
        jobs = ((at, self.job(at, *rest)) for at, *rest in plan_jobs(settings))
        begin, end = (hour * 3600 for hour in settings.hours)
        plans = plan_people(settings.people, settings.tasks, settings.task_kubectl, settings.task_gap)
        plans = ([run for run in plan if begin <= run[0] < end] for plan in plans)
        people = ((plan[0][0], self.person(plan)) for plan in plans if plan)
        run(itertools.chain(jobs, people), self.service)

    def person(self, plan):
        home = Home(None, by_place=True) if self.settings.people_by_place else Home(ROLE)
        now = 0
        for at, cluster in plan:
            now = max(now, at)
            if now <= self.people.quiet_until(home, cluster):
                self.people.runs += 1
            else:
                now, _ = yield from self.people.kubectl(home, cluster, now)

    def home_of(self, project, runner, is_kept):
        """The store of a job, and the cluster it uses. Jobs with a token of their own share what is of one project alone."""
        s = self.settings
        role = None if s.runner_identity else OIDC
        cluster = (runner if s.clusters_of_runner == 1 else project) % s.clusters
        if not is_kept:
            return Home(role), cluster
        return self.kept_homes.setdefault((runner, None if s.runner_identity else project), Home(role)), cluster

    def install(self, now):
        """Asks for what the first kubectl asks for again: nothing of it is kept."""
        begin = now
        operations = [KUBECONFIG] if self.settings.runner_identity else [OIDC, KUBECONFIG]
        for operation in operations * int(self.settings.calls_of_install):
            now, granted = yield from self.jobs.call(operation, now)
            if not granted:
                return now, False
        self.jobs.note_wait(begin, now)
        return now, True

    def job(self, begin, seconds, project, runner, is_kept):
        s = self.settings
        home, cluster = self.home_of(project, runner, is_kept)
        now, done = begin, True
        if s.install:
            now, done = yield from self.install(now)
        while done and now < begin + seconds:
            at = now
            now, done = yield from self.jobs.kubectl(home, cluster, now)
            quiet = min(self.jobs.quiet_until(home, cluster), begin + seconds)
            hits = int(max(quiet - at, 0) / s.job_kubectl_every)
            self.jobs.runs += hits
            now = max(now, at + (1 + hits) * s.job_kubectl_every)
        if begin >= s.measured_from:
            self.ended_jobs += 1
            self.failed_jobs += not done


def settings(**changes):
    return Settings(constants.read_constants(), **changes)
