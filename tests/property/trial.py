"""One pair of worlds, tried."""
import difflib
import shlex

from dimension import ANY, AT_ONCE, BOUND, BOUNDED, FAILS, OTHER, SAME
from worlds import Place, identify


class Verdict:
    def __init__(self, fault, worlds, hit, anothers):
        self.fault = fault    # what is wrong, with all that is needed to see it again; "" for nothing
        self.worlds = worlds  # in which a run was tried
        self.hit = hit        # the second world was answered from the store
        self.anothers = anothers  # and with another's credential


class Trial:
    def __init__(self, home, clouds, programs, store, variables):
        """`variables` are the provider's beside those of a world."""
        self._clouds, self._store = clouds, store
        self._place = Place(home, clouds, programs["provider"], programs["later"], variables)

    def _identity(self, world, store):
        result = self._place.run(world, store)
        if result.status not in (0, 1):
            raise RuntimeError(f"status {result.status}: {result.err}")
        self._last_error = result.err
        return identify(result, self._clouds)

    def verdict(self, pair):
        self._clouds.reset()
        if self._store != "disk":
            self._place.forget(self._store)
        try:
            return self._verdict(pair)
        finally:
            if self._store != "disk":
                self._place.forget(self._store)
            self._place.remove()

    def _verdict(self, pair):
        if pair.meanwhile:
            self._place.run_while_it_changes(pair.first, pair.meanwhile, self._store)
            first = self._identity(pair.first, "none")
        else:
            first = self._identity(pair.first, self._store)
        error = self._last_error
        at_once = self._identity(pair.second, self._store)
        last, in_the_end = pair.second, at_once
        if pair.rule == BOUNDED:
            last = pair.second.copy()
            last.later += BOUND
            in_the_end = self._identity(last, self._store)
        truth = self._identity(last, "none")
        fault = self._bad_pair(pair, first, truth, error)
        anothers = not fault and not _is_right(pair, first, at_once, in_the_end, truth)
        if anothers:
            fault = "the store gives another's"
        if not fault and first.mark and first.mark == at_once.mark and pair.second.later > 3600:
            fault = "what has ended is served"
        if not fault and pair.hit and first.mark != at_once.mark:
            fault = "what was stored is not served"
        if fault:
            fault = "\n".join([f"{self._store}: {fault}", f"  first world:  {first}", f"  second world: {at_once}",
                               *([f"  after {BOUND} s:  {in_the_end}"] if pair.rule == BOUNDED else []),
                               f"  no store:     {truth} (expected: {pair.expected}, {pair.rule})",
                               *self._difference(pair), *self._commands()])
        worlds = 3 if pair.rule == BOUNDED else 2
        return Verdict(fault, worlds, first.mark is not None and first.mark == at_once.mark, anothers)

    def _bad_pair(self, pair, first, truth, error):
        """What makes the pair itself prove nothing."""
        if first.text is None and first.text == truth.text:
            return f"neither world gives anything: {error}"
        fits = {SAME: truth == first, OTHER: truth != first, FAILS: truth.text is None, ANY: True}[pair.expected]
        return "" if fits else f"the worlds do not differ as they should: {error or self._last_error}"

    @staticmethod
    def _difference(pair):
        lines = difflib.unified_diff(pair.first.lines(), pair.second.lines(), n=2, lineterm="")
        return [f"  {line}" for line in lines if not line.startswith(("---", "+++", "@@"))]

    def _commands(self):
        for machine, folder, env, program, arguments in self._place.commands:
            variables = [f"{name}={value}" for name, value in env.items()]
            words = ["env", "-i", *variables, *program[:-1], "credential_provider", *arguments]
            yield f"  $ cd {folder}; " + shlex.join(words) + (f"  # on machine {machine}" if machine != "here" else "")


def _is_right(pair, first, at_once, in_the_end, truth):
    if pair.rule == AT_ONCE:
        return at_once == truth
    if pair.rule == BOUNDED and in_the_end != truth:
        return False
    return pair.meanwhile is not None or at_once in (first, truth)
