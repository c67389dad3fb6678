"""Faults planted on purpose: one part after the other is left out of all keys, and has to be missed."""
import os
import tempfile

# Each part of a key or of who asks: the dimensions that miss it, or why it changes nobody's credential.
PARTS = {
    "access-config": ["sign-in site"],
    "access-key": ["person"],
    "access-token": ["person"],
    "access_key_id": "one of three of a session that aliyun-cli has kept, which change together",
    "access_key_secret": "as access_key_id",
    "account": ["sign-in site"],
    "address": ["address"],
    "at": ["metadata address"],
    "caller": "the principal's id tells it too",
    "cloud-sso": ["sign-in site"],
    "cluster": ["cluster"],
    "cluster-info": ["cluster information"],
    "command": ["person"],
    "credentials-uri": ["credentials URI"],
    "endpoint": ["CS endpoint"],
    "environment": ["variable of the program"],
    "external-id": ["role external id"],
    "file": ["program"],
    "folder": ["working folder"],
    "identity": ["person"],
    "instance": ["another instance"],
    "instance-role": ["network namespace"],
    "issuer": ["claims"],
    "job": ["person"],
    "kept": "the tokens that a session is kept with tell it too",
    "machine": ["network namespace"],
    "minutes": ["lifetime"],
    "oauth": ["sign-in site"],
    "oidc-provider": ["OIDC provider"],
    "policy": ["role policy"],
    "principal": ["person"],
    "profile": "is only shown",
    "program": "the file tells it too",
    "refresh-token": "the access token changes with it",
    "region": "with an endpoint it changes nothing, and without one the Internet's would be asked",
    "role": ["role"],
    "seconds": "changes when a session ends, not whose it is",
    "session": ["role session name"],
    "sts": ["STS endpoint"],
    "sts_token": "as access_key_id",
    "subject": ["person"],
    "target": ["credentials URI"],
    "token": "stands in for claims that cannot be read: no service tells such tokens apart either",
    "variable": ["variable of the program"],
    "": "a word of a command: see command",
}


class Search:
    """Looks for the pair that misses a part."""

    def __init__(self, plan, folder, part):
        self._plan, self._part, self._folder = plan, part, folder
        self.names = os.path.join(folder, f"names-{part}")

    def variables(self):
        return {"PLANTED_FAULT": self._part, "PLANTED_FAULT_NAMES": self.names}

    def numbers(self):
        return [number for number, (cell, _) in enumerate(self._plan.first_pass)
                if cell.dimension.name in PARTS[self._part]]

    def seen(self):
        if not os.path.exists(self.names):
            return set()
        with open(self.names) as stream:
            return {line.rstrip("\n") for line in stream}


def run(plan, try_pairs):
    """`try_pairs(jobs)` tries lists of jobs, (number, variables); of one list only until a pair shows another's
    credential. Yields (list, number, verdict)."""
    faults, names, found = [], set(), {}
    with tempfile.TemporaryDirectory() as folder:
        searches = [Search(plan, folder, part) for part, where in PARTS.items() if isinstance(where, list)]
        jobs = [[(number, search.variables()) for number in search.numbers()] for search in searches]
        tried = [0] * len(searches)
        for index, number, verdict in try_pairs(jobs):
            tried[index] += 1
            if verdict.anothers:
                found[index] = number
        for index, search in enumerate(searches):
            names |= search.seen()
            part = list(search.variables().values())[0]
            if index in found:
                cell = plan.first_pass[found[index]][0]
                where = f"{cell.source.name} × {cell.dimension.name}"
                print(f"left out: {part:16} missed by {where}, pair {tried[index]}")
            else:
                faults.append(f"left out: {part}: {tried[index]} pairs do not miss it")
    faults += [f"{name or 'the part without a name'}: is part of a key, and no fault is planted for it"
               for name in sorted(names - set(PARTS))]
    for fault in faults:
        print(f"FAILED {fault}")
    return len(found), len(faults)
