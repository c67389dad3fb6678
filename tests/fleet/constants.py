"""The numbers and rules of the programs that the model goes by, read from their sources.

A number that is not found there is an error, and so is a rule that reads otherwise: then the model has to be looked at again.
"""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = {"Milliseconds": 0.001, "Seconds": 1, "Minutes": 60, "Hours": 3600}
DURATION = r"absl::(Milliseconds|Seconds|Minutes|Hours)\((\d+)\)"
NUMBER = r"([\d.]+)"

Constant = collections.namedtuple("Constant", "name path before value meaning")
CONSTANTS = [
    Constant("certificate", "issuers/ack_options.h", "duration = ", DURATION, "a certificate lives (`--duration`)"),
    Constant("slack", "kubernetes/exec_credential.cc", "kSlack = ", DURATION, "and expires earlier by this for kubectl"),
    Constant("refresh_ahead", "invocation/answer_options.h", "int refresh_ahead = ", NUMBER,
             "percent at the end of its life in which a run renews it afterwards (`--refresh-ahead`)"),
    Constant("least_remaining", "runs/verdict.cc", "kLeastRemaining = ", DURATION,
             "with less left a run replaces it first"),
    Constant("end_slack", "store/entry.h", "entry.expiration + ", DURATION,
             "past what kubectl is told it is still served when issuing fails"),
    Constant("role_session", "alibaba_cloud/sts_role.h", "kDefaultRoleDuration = ", DURATION,
             "a role's session lives (`--role-duration`)"),
    Constant("least_session", "sources/roles/session_cache.h", "kLeastSessionRemaining = ", DURATION,
             "with less left it is replaced before it signs"),
    Constant("place_life", "identity/principal.h", "kPlaceLife = ", DURATION,
             "whom a command or an address stands for is believed this long"),
    Constant("place_renewed", "answer/principals.cc", "kRenewedPart = ", NUMBER,
             "part at the end of that in which it is asked for again"),
    Constant("token_window", "issuers/ack_token_issuer.cc", "kWindow = ", DURATION, "STS takes an `ack-token` for this long"),
    Constant("token_margin", "issuers/ack_token_issuer.cc", "kMargin = ", DURATION, "and it is given up earlier by this"),
    Constant("attempts", "alibaba_cloud/acs_client.cc", "kMaxAttempts = ", NUMBER, "attempts of a call that is throttled"),
    Constant("first_pause", "alibaba_cloud/acs_client.cc", "kFirstPause = ", DURATION,
             "the first pause between them at most; doubled each time, of which a random part is waited"),
    Constant("time_limit", "invocation/invocation.h", "timeout = ", DURATION,
             "a call may take with all its attempts (`--timeout`)"),
    Constant("failure_window", "runs/backoff.h", "kFailureWindow = ", DURATION,
             "after a failure with nothing stored no other run asks"),
    Constant("first_backoff", "runs/backoff.h", "kFirstBackoff = ", DURATION,
             "the same with something stored; doubled with each failure"),
    Constant("longest_backoff", "runs/backoff.h", "kLongestBackoff = ", DURATION, "but no longer than this"),
]

# What the model does as the sources do: a part of their text that would not survive a change of the rule.
Rule = collections.namedtuple("Rule", "name path text")
RULES = [
    Rule("renewal has no jitter", "runs/verdict.cc",
         "entry.expiration - now < (entry.expiration - entry.issued) * refresh_ahead;"),
    Rule("pauses between attempts have full jitter", "alibaba_cloud/acs_client.cc",
         "kFirstPause * (1 << (next - 1)) * RandomFraction()"),
    Rule("what the server asks for is waited, and a little more", "alibaba_cloud/acs_client.cc",
         "asked + std::min(jitter, kFirstPause)"),
    Rule("throttled calls are tried again", "alibaba_cloud/service_error.cc",
         'response.status >= 500 || absl::StartsWith(error.code, "Throttling")'),
    Rule("backoff doubles", "runs/backoff.cc", "std::min(kFirstBackoff * (1 << std::min(failures - 1, kMostDoublings))"),
    Rule("on GitHub Actions what is stored is of one job", "sources/roles/oidc_token.cc", 'who->AddHidden("job"'),
    Rule("an instance's role is named by the metadata service, not by STS", "sources/roles/instance_role_source.cc",
         'Add("instance-role", role)'),
]

# install signs in with a store for sessions that keeps nothing, and drops the certificate it was sent.
INSTALL = "kubeconfig_writer/clusters/ack_session.cc"
KEEPS_NOTHING = re.compile(r"access_key\(\s*\{[^}]*\bSessionStore\(\)")


def read_source(path):
    return (ROOT / path).read_text()


def path_of(entry):
    return "credential_provider/" + entry.path


def read_constants(read=read_source):
    """Seconds by name, or plain numbers. `read` returns the text of a file."""
    values = {}
    for constant in CONSTANTS:
        found = re.findall(re.escape(constant.before) + constant.value, read(path_of(constant)))
        if len(found) != 1:
            raise ValueError(f"{constant.path}: `{constant.before}…` is there {len(found)} times, not once: {constant.name}")
        values[constant.name] = (
            float(found[0]) if constant.value == NUMBER else SECONDS[found[0][0]] * int(found[0][1]))
    values["calls_of_install"] = len(KEEPS_NOTHING.findall(read(INSTALL)))
    return values


def broken_rules(read=read_source):
    """The rules that the sources do not have any more."""
    return [rule for rule in RULES if " ".join(rule.text.split()) not in " ".join(read(path_of(rule)).split())]
