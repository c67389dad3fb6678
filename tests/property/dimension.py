"""The dimensions: each is a column of the table and makes of a source two worlds that differ in one thing."""
from sources import SOURCES

BOUND = 601  # seconds after which what only a server or a child knows is asked again

# What the second world gives without a store, beside what the first gives.
SAME, OTHER, FAILS, ANY = "the same", "another or none", "none", "any"
# When the store has to give that too: at once; after the bound at the latest; at once, unless it is still the same
# caller's (a wrong secret, an outage).
AT_ONCE, BOUNDED, SAME_CALLER = "at once", "within 10 min", "same caller's"


class Pair:
    def __init__(self, first, second, expected, rule=AT_ONCE, hit=False, meanwhile=None):
        self.first, self.second, self.expected, self.rule = first, second, expected, rule
        self.hit = hit  # the store has to be what gives it
        self.meanwhile = meanwhile  # the world that the first one becomes while a run waits for another


class Turns:
    """Chooses as random.Random does, but one after the other: as many turns as there are choices try all."""

    def __init__(self, turn):
        self._turn = turn

    def randrange(self, count):
        self._turn, chosen = divmod(self._turn, count)
        return chosen

    def choice(self, options):
        return options[self.randrange(len(options))]


class Dimension:
    """`make(source, form, choose)` returns a Pair, or None when this form of the source does not have it. `reasons`
    says why a source, by its kind or name, has it in no form. `turns`: so many pairs try all that it can choose.
    `every_form`: each form of a source is tried, not only one. `ack_only`: it makes no sense with another issuer."""

    def __init__(self, name, make, reasons):
        self.name, self.make, self.reasons = name, make, reasons
        self.turns, self.every_form, self.ack_only = 1, False, False

    def reason(self, source):
        return self.reasons.get(source.name) or self.reasons.get(source.kind)


DIMENSIONS = []


def dimension(name, turns=1, every_form=False, ack_only=False, no=None, **reasons):
    """`reasons` by kind; those by the name of a source come in `no`."""
    def add(make):
        added = Dimension(name, make, {**reasons, **(no or {})})
        added.turns, added.every_form, added.ack_only = turns, every_form, ack_only
        DIMENSIONS.append(added)
        return make
    return add


def two(source, form, change):
    first = source.make(form)
    second = first.copy()
    change(second)
    return first, second


NO_ACCOUNT = "which account a plugin uses is its own affair"
NO_ROLE = "a plugin takes on no role of ours"
NO_SERVER = "asks no server who calls"
IN_FILES = "who calls stands in its variables and files: see person"
NAMES = [source.name for source in SOURCES]


def all_but(names, reason):
    return {name: reason for name in NAMES if name not in names}


def of_prefix(*prefixes):
    return [name for name in NAMES if name.startswith(prefixes)]
