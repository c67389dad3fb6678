"""The other side: operations with a limit a second each, and a clock on which many processes ask them."""
import collections
import heapq

OIDC = "AssumeRoleWithOIDC"
ROLE = "AssumeRole"
CALLER = "GetCallerIdentity"
KUBECONFIG = "DescribeClusterUserKubeconfig"
STS = (OIDC, ROLE, CALLER)
OPERATIONS = STS + (KUBECONFIG,)


class Service:
    """Grants each operation up to its limit in each second of the clock, and counts."""

    def __init__(self, limits):
        self.limits = limits
        self.granted = {operation: collections.Counter() for operation in OPERATIONS}
        self.asked = {operation: collections.Counter() for operation in OPERATIONS}  # first attempts: what is wanted
        self.throttled = {operation: collections.Counter() for operation in OPERATIONS}

    def grant(self, now, operation, attempt):
        second = int(now)
        if attempt == 1:
            self.asked[operation][second] += 1
        if self.granted[operation][second] >= self.limits.get(operation, float("inf")):
            self.throttled[operation][second] += 1
            return False
        self.granted[operation][second] += 1
        return True

    def by_hour(self, operations):
        """First attempts in each hour; what runs past midnight is left out."""
        return [sum(total(self.asked[operation], hour * 3600, hour * 3600 + 3600) for operation in operations)
                for hour in range(24)]

    def busiest(self, operation, begin, end, span=1):
        """The most first attempts in one of the spans of so many seconds."""
        sums = collections.Counter()
        for second, count in self.asked[operation].items():
            if begin <= second < end:
                sums[second // span] += count
        return max(sums.values(), default=0)


def total(counts, begin, end):
    return sum(count for second, count in counts.items() if begin <= second < end)


def run(processes, service):
    """Runs processes: (when it begins, a generator that yields (when, operation, attempt) and is sent whether it was granted)."""
    heap = [(begin, number, process, None) for number, (begin, process) in enumerate(processes)]
    heapq.heapify(heap)
    while heap:
        now, number, process, call = heapq.heappop(heap)
        answer = None if call is None else service.grant(now, *call)
        try:
            at, operation, attempt = process.send(answer)
        except StopIteration:
            continue
        heapq.heappush(heap, (max(at, now), number, process, (operation, attempt)))
