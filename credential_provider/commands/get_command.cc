#include "credential_provider/commands/get_command.h"

#include <signal.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/identity/program_fingerprint.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/source_chain.h"

namespace credential_provider {
namespace {

// Makes a new credential: the part of a run that needs the network.
absl::StatusOr<Credential> Issue(const Invocation& invocation, const Identity& identity,
                                 const Environment& environment, CredentialStore& store) {
  signal(SIGPIPE, SIG_IGN);  // a connection that broke is an error to report, not a death
  CurlTransport transport(invocation.ca_file);
  SystemClock clock;
  const NetworkContext fetch{
      transport, clock, environment, invocation.timeout, SessionsIn(store, clock), &WarnBesideAnswer};
  return invocation.issuer->Issue(identity, fetch);
}

// Where the network is reached by, beside the flags that are part of the key.
constexpr const char* kNetworkVariables[] = {"https_proxy", "HTTPS_PROXY",   "http_proxy",
                                             "all_proxy",   "ALL_PROXY",     "no_proxy",
                                             "NO_PROXY",    "SSL_CERT_FILE", "SSL_CERT_DIR"};

// All on this machine that may have been put right since issuing failed.
std::string ProofOf(const Invocation& invocation, const Identity& identity, const Environment& environment) {
  std::string all =
      absl::StrCat(identity.proof ? identity.proof() : "", " ", FileIdentity(invocation.ca_file), " ",
                   absl::FormatDuration(invocation.timeout));
  for (const char* const name : kNetworkVariables)
    absl::StrAppend(&all, " ", Fingerprint(environment.Get(name)));
  return Fingerprint(all);
}

absl::Status AnswerOnce(const Invocation& invocation, const Environment& environment,
                        Principals& principals) {
  absl::StatusOr<FoundIdentity> found = FindIdentity(invocation.identity, environment, principals.Asking());
  if (!found.ok()) return found.status();
  const CredentialKey key = invocation.issuer->Key(found->identity);
  AnswerRequest question{key, invocation, invocation.timeout,
                         [&] { return ProofOf(invocation, found->identity, environment); },
                         [&](CredentialStore& store, Attendance) {
                           return Issue(invocation, found->identity, environment, store);
                         }};
  if (principals.IsDue()) question.renew_first = [&principals] { principals.Renew(); };
  return AnswerKubectl(question, environment);
}

absl::StatusOr<Output> RunGet(const Command& command, const ParsedFlags& flags,
                              const Environment& environment) {
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  // Never destroyed: a run ends right after this, and the kernel closes the files faster.
  auto& principals = *new Principals(*invocation, invocation->store, environment);
  absl::Status answered = AnswerOnce(*invocation, environment, principals);
  if (PlaceHasChanged(answered)) {
    principals.Forget();
    answered = AnswerOnce(*invocation, environment, principals);
  }
  if (!answered.ok()) return answered;
  return Output();
}

}  // namespace

std::vector<Command> GetCommands() {
  return ForEachIssuer([](const IssuerKind& kind) {
    return Command{"get", "", kind.summary, kind.about, &IssuerGetFlags, &RunGet};
  });
}

}  // namespace credential_provider
