// What kubectl asks of kubectl_complete-ack when it completes `kubectl ack …`.
#ifndef CREDENTIAL_PROVIDER_CLI_SELF_KUBECTL_COMPLETION_H_
#define CREDENTIAL_PROVIDER_CLI_SELF_KUBECTL_COMPLETION_H_

#include <string>

#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {

// Returns what `words`, of which the last may be unfinished, could go on with, in the form of cobra's
// __complete: a line for each, with a tab before what it means, and ":4", or ":0" for the names of files.
std::string CompleteForKubectl(const Program& program, absl::Span<const std::string> words,
                               const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_SELF_KUBECTL_COMPLETION_H_
