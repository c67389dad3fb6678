"""What a run of the provider does, as far as it shows at Alibaba Cloud: a model of answer/, sources/roles/ and acs_client.

Functions that ask are generators for service.run(). Times are seconds.
"""
import collections

from service import CALLER, KUBECONFIG

Entry = collections.namedtuple("Entry", "issued expiration due")  # due: from when it is renewed ahead


class Home:
    """One store: what is kept for one identity.

    `role` is the operation that gets its session; None for a key that needs none. `by_place`: only a command or an address
    says who it is.
    """

    __slots__ = ("role", "by_place", "session_end", "entries", "failures", "place_asked", "reviewed")

    def __init__(self, role, by_place=False):
        self.role = role
        self.by_place = by_place
        self.session_end = float("-inf")
        self.entries = {}  # by cluster
        self.failures = {}  # by cluster: how many in a row, and when the last
        self.place_asked = float("-inf")
        self.reviewed = {}  # by cluster: the token that the API server knows, and until when


class Provider:
    def __init__(self, settings, random):
        self.settings = settings
        self.random = random
        self.waits = []  # of runs that had to ask, seconds
        self.runs = self.misses = self.failed = self.renewals = 0

    def note_wait(self, begin, end):
        if begin >= self.settings.measured_from:
            self.waits.append(end - begin)

    def call(self, operation, now):
        """AcsClient::Run. Returns when it is over, and whether it was granted."""
        s = self.settings
        deadline = now + s.time_limit
        attempt = 1
        while True:
            granted = yield now, operation, attempt
            now += s.answers[operation]
            if granted:
                return now, True
            pause = s.first_pause * 2 ** (attempt - 1) * (self.random.random() if s.pause_jitter else 1)
            if s.retry_after:
                pause = s.retry_after + min(pause, s.first_pause)
            if attempt >= s.attempts or now + pause >= deadline:
                return now, False
            now += pause
            attempt += 1

    def issue(self, home, cluster, now):
        """A session where one is needed, then the credential. Returns when it is over, and whether there is one."""
        s = self.settings
        if home.by_place and home.place_asked != now:  # the key is only used if it still belongs to the same
            now, _ = yield from self.call(CALLER, now)
        if home.role and home.session_end - now < s.least_session:
            now, granted = yield from self.call(home.role, now)
            if not granted:
                return now, False
            home.session_end = now + s.role_session
        life = s.certificate
        if s.issuer == "ack":
            now, granted = yield from self.call(KUBECONFIG, now)
            if not granted:
                return now, False
        else:
            life = min(s.token_window - s.token_margin, home.session_end - now if home.role else float("inf"))
        ahead = s.refresh_ahead / 100
        if s.renewal_jitter:
            ahead *= 1 + s.renewal_jitter * (2 * self.random.random() - 1)
        life -= s.slack
        home.entries[cluster] = Entry(now, now + life, now + life * (1 - ahead))
        return now, True

    def issue_entry(self, home, cluster, now):
        now, done = yield from self.issue(home, cluster, now)
        count = home.failures.get(cluster, (0, 0))[0]
        home.failures[cluster] = (0 if done else count + 1, now)
        return now, done

    def is_backing_off(self, home, cluster, has_stored, now):
        s = self.settings
        count, last = home.failures.get(cluster, (0, 0))
        wait = min(s.first_backoff * 2 ** (count - 1), s.longest_backoff) if has_stored else s.failure_window
        return count > 0 and 0 <= now - last < wait

    def name_place(self, home, now):
        """Whom a command or an address stands for: remembered, and asked again in the last part of its life."""
        s = self.settings
        age = now - home.place_asked
        if not home.by_place or age < (s.place_life - s.slack) * (1 - s.place_renewed):
            return now
        end, _ = yield from self.call(CALLER, now)
        home.place_asked = end if age >= s.place_life else now  # waited for, or asked afterwards
        return home.place_asked

    def get(self, home, cluster, now):
        """One run of `get`: returns when kubectl has its answer, and whether it has one."""
        begin = now
        now = yield from self.name_place(home, now)
        entry = home.entries.get(cluster)
        if entry and entry.expiration - now >= self.settings.least_remaining:
            if now > entry.due and not self.is_backing_off(home, cluster, True, now):
                self.renewals += 1
                yield from self.issue_entry(home, cluster, now)  # nobody waits
            return now, True
        self.misses += 1
        lives = entry is not None and now < entry.expiration + self.settings.end_slack
        if self.is_backing_off(home, cluster, lives, now):
            return now, lives
        now, done = yield from self.issue_entry(home, cluster, now)
        self.note_wait(begin, now)
        return now, done or (lives and now < entry.expiration + self.settings.end_slack)

    def review(self, home, cluster, now):
        """With tokens the API server asks STS whose it is, and knows it for a while."""
        s = self.settings
        issued = home.entries[cluster].issued
        known, until = home.reviewed.get(cluster, (None, 0))
        if s.issuer == "ack" or (known == issued and now < until):
            return now, True
        granted = yield now, CALLER, 1
        if granted:
            home.reviewed[cluster] = (issued, now + s.review_cache)
        return now, granted

    def quiet_until(self, home, cluster):
        """Until when runs are hits and nothing else: most are, and need not be simulated one by one."""
        entry = home.entries.get(cluster)
        if entry is None or self.settings.issuer != "ack" or home.by_place:
            return float("-inf")
        return min(entry.due, entry.expiration - self.settings.least_remaining)

    def kubectl(self, home, cluster, now):
        """A run of kubectl: returns when it is over, and whether it had an answer that the cluster takes."""
        self.runs += 1
        if now <= self.quiet_until(home, cluster):
            return now, True
        now, done = yield from self.get(home, cluster, now)
        if done:
            now, done = yield from self.review(home, cluster, now)
        self.failed += not done
        return now, done
