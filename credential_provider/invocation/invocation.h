// One run of `credential_provider get`: what the user, or the exec stanza in a kubeconfig, asks for.
#ifndef CREDENTIAL_PROVIDER_INVOCATION_INVOCATION_H_
#define CREDENTIAL_PROVIDER_INVOCATION_INVOCATION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/invocation/answer_options.h"
#include "credential_provider/issuers/registry.h"

namespace credential_provider {

// Who calls Alibaba Cloud, and how the network is used for it.
struct Caller {
  IdentityOptions identity;
  std::string ca_file;                         // "" for the system's authorities
  absl::Duration timeout = absl::Seconds(15);  // for all that a run does on the network
};

struct Invocation : Caller, AnswerOptions {
  const IssuerKind* kind = nullptr;      // what follows `get`
  std::shared_ptr<const Issuer> issuer;  // of that kind, with its options
};

// The longest that a run may wait for the network, and what the flag stands for.
inline constexpr FlagSpec kTimeoutFlag = {
    "--timeout", "TIME", "the longest that a run may wait for the network: 1s to 2m (default: 15s)"};
absl::StatusOr<absl::Duration> ParseTimeout(const ParsedFlags& flags);

// The flags of Caller, and what they stand for. InvalidArgument names the flag.
std::vector<FlagSpec> CallerFlags();
absl::StatusOr<Caller> ParseCaller(const ParsedFlags& flags);

// The flags of `get` for `kind`: its own, of the caller, and of the answer.
std::vector<FlagSpec> GetFlags(const IssuerKind& kind);

// Makes the invocation of `kind` that `flags`, parsed with at least GetFlags, stand for; or the one of
// `issuer`, which is of that kind, whatever the flags say of its own options.
absl::StatusOr<Invocation> MakeInvocation(const IssuerKind& kind, const ParsedFlags& flags);
absl::StatusOr<Invocation> MakeInvocation(const IssuerKind& kind, std::shared_ptr<const Issuer> issuer,
                                          const ParsedFlags& flags);

// Returns the arguments after the program's name that give `invocation` back: "get", the issuer, flags. What
// is as by default is left out.
std::vector<std::string> FormatInvocation(const Invocation& invocation);

// The inverse: parses the arguments of an exec stanza.
absl::StatusOr<Invocation> ParseInvocation(absl::Span<const std::string> args);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_INVOCATION_INVOCATION_H_
