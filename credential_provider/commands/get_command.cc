#include "credential_provider/commands/get_command.h"

#include <string>

#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/answer/issuance_note.h"
#include "credential_provider/answer/issue_credential.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/source_chain.h"

namespace credential_provider {
namespace {

absl::Status AnswerOnce(const Invocation& invocation, const Environment& environment,
                        Principals& principals) {
  absl::StatusOr<FoundIdentity> found = FindIdentity(invocation.identity, environment, principals.Asking());
  if (!found.ok()) return found.status();
  const CredentialKey key = invocation.issuer->Key(found->identity);
  AnswerRequest question{key, invocation, invocation.timeout,
                         [&] { return ProofOf(invocation, found->identity, environment); },
                         [&](CredentialStore& store, Attendance) {
                           CurlTransport transport(invocation.ca_file, &SayWaitingFor);
                           return IssueCredential(invocation, found->identity, environment, store, transport);
                         }};
  question.note = [&](CredentialStore& store, const Issuance& issuance) {
    NoteIssuance(key, issuance, store, environment);
  };
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
    return Command{"get",   "",      kind.summary, kind.about, &IssuerGetFlags,
                   &RunGet, nullptr, "",           nullptr,    /*takes_defaults=*/false};
  });
}

}  // namespace credential_provider
