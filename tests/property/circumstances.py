"""Dimensions: what happens around the runs."""
import json

from dimension import AT_ONCE, BOUNDED, dimension, FAILS, NO_ACCOUNT, NO_SERVER, Pair, SAME, SAME_CALLER, two
from worlds import EXEC_INFO


@dimension("outage", plugin=NO_SERVER)
def outage(source, form, _choose):
    fault = {"times": -1, "reset": True}
    return Pair(*two(source, form, lambda world: world.services.update(faults=[fault])), FAILS, SAME_CALLER)


@dimension("while it waits", ack_only=True, static="has read all by then", server="is swapped in place: see there",
           plugin=NO_ACCOUNT, no={name: "has read all by then" for name in (
               "profile CloudSSO", "oidc, variable", "oidc, GitHub Actions")})
def while_it_waits(source, form, _choose):
    if source.kind == "sign_in" and form == 1:
        return None  # the session of then is used
    first = source.make(form)
    meanwhile = source.make(form, 1)
    if source.kind == "child":
        meanwhile = first.copy()
        meanwhile.files["bin/print-key"] = first.files["bin/print-key"].replace("$1", "bob")
    # A program that is changed back is the same place, as one that is swapped in place.
    return Pair(first, first.copy(), SAME, BOUNDED if source.kind == "child" else AT_ONCE, meanwhile=meanwhile)


@dimension("after its end", plugin="what a plugin gives here does not end")
def after_its_end(source, form, _choose):
    return Pair(*two(source, form, lambda world: setattr(world, "later", 5400)), SAME)


@dimension("neutral")
def neutral(source, form, choose):
    variables = {"TERM": "dumb", "LANG": "C", "TZ": "Asia/Shanghai", "COLUMNS": "80", "SSH_TTY": "/dev/pts/7",
                 "HTTPS_PROXY": "http://127.0.0.1:1", "LC_ALL": "C.UTF-8", "EDITOR": "vi",
                 "ALIBABA_CLOUD_IMDSV1_DISABLED": "true", "KUBERNETES_EXEC_INFO": json.dumps(EXEC_INFO)}
    chosen = [choose.choice(sorted(variables))]
    flags = choose.choice([{}, {"--timeout": "20s"}, {"--api-version": "v1beta1"}, {"--refresh-ahead": "0"}])

    def change(world):
        world.env.update((name, variables[name]) for name in chosen)
        world.flags.update(flags)
    return Pair(*two(source, form, change), SAME)
