"""All dimensions, in the order of the table's columns, and what may come on top of them."""
import callers  # noqa: F401 pylint: disable=unused-import
import roles  # noqa: F401 pylint: disable=unused-import
import cluster_options  # noqa: F401 pylint: disable=unused-import
import programs  # noqa: F401 pylint: disable=unused-import
import tokens  # noqa: F401 pylint: disable=unused-import
import circumstances  # noqa: F401 pylint: disable=unused-import
from dimension import ANY, AT_ONCE, FAILS, OTHER, SAME
from worlds import OTHER_CLUSTER


def use_tokens(pair):
    """Lets both worlds ask for a token that is signed here instead of a certificate."""
    pair.first.issuer = pair.second.issuer = "ack-token"
    if pair.expected == FAILS:
        pair.expected = ANY  # nobody is asked whether the key is good


def vary(pair, rng):
    """Changes something more in the second world, now and then."""
    if pair.rule != AT_ONCE or pair.hit or pair.second.issuer == "exec" or rng.randrange(3):
        return
    flag, value = rng.choice([("--duration", "45m"), ("--endpoint-type", "private"), ("--cluster-id", OTHER_CLUSTER),
                              ("--timeout", "10s"), ("--region", "cn-shanghai")])
    if flag in pair.second.flags and flag != "--cluster-id":
        return
    pair.second.flags[flag] = value
    of_certificates = flag in ("--duration", "--endpoint-type") and pair.second.issuer == "ack"
    if pair.expected == SAME and (flag == "--cluster-id" or of_certificates):
        pair.expected = OTHER
