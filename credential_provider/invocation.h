// One run of `credential_provider get`: what the user, or the exec stanza in a kubeconfig, asks for.
#ifndef CREDENTIAL_PROVIDER_INVOCATION_H_
#define CREDENTIAL_PROVIDER_INVOCATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/command_line.h"
#include "credential_provider/exec/exec_info.h"
#include "credential_provider/issuers/ack_options.h"

namespace credential_provider {

struct Invocation {
  AckOptions ack;
  ExecApiVersion api_version = ExecApiVersion::kV1;  // when KUBERNETES_EXEC_INFO does not say
  std::string cache_dir;                             // "" for the default
  std::string ca_file;                               // "" for the system's authorities
  absl::Duration timeout = absl::Seconds(15);        // for all that a run does on the network
};

// The flags of `get ack`: those of the issuer and those of every issuer.
std::vector<FlagSpec> GetAckFlags();

// Makes the invocation that `flags`, parsed with at least GetAckFlags, stand for.
absl::StatusOr<Invocation> MakeInvocation(const ParsedFlags& flags);

// Returns the arguments behind the program's name that give `invocation` back: "get", "ack", flags. What is
// as by default is left out, but for --api-version: a client that sends no KUBERNETES_EXEC_INFO needs it.
std::vector<std::string> FormatInvocation(const Invocation& invocation);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_INVOCATION_H_
