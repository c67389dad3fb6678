#include "credential_provider/answer/issue_credential.h"

#include <signal.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/identity/program_fingerprint.h"

namespace credential_provider {
namespace {

// Where the network is reached by, beside the flags that are part of the key.
constexpr const char* kNetworkVariables[] = {"https_proxy", "HTTPS_PROXY",   "http_proxy",
                                             "all_proxy",   "ALL_PROXY",     "no_proxy",
                                             "NO_PROXY",    "SSL_CERT_FILE", "SSL_CERT_DIR"};

}  // namespace

absl::StatusOr<Credential> IssueCredential(const Invocation& invocation, const Identity& identity,
                                           const Environment& environment, CredentialStore& store,
                                           HttpTransport& transport) {
  signal(SIGPIPE, SIG_IGN);  // a connection that broke is an error to report, not a death
  SystemClock clock;
  const NetworkContext fetch{
      transport, clock, environment, invocation.timeout, SessionsIn(store, clock), &WarnBesideAnswer};
  return invocation.issuer->Issue(identity, fetch);
}

std::string ProofOf(const Invocation& invocation, const Identity& identity, const Environment& environment) {
  std::string all =
      absl::StrCat(identity.proof ? identity.proof() : "", " ", FileIdentity(invocation.ca_file), " ",
                   absl::FormatDuration(invocation.timeout));
  for (const char* const name : kNetworkVariables)
    absl::StrAppend(&all, " ", Fingerprint(environment.Get(name)));
  return Fingerprint(all);
}

}  // namespace credential_provider
