// The shells' side of completion: a script each that asks the program what could come next.
#ifndef CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_SCRIPT_H_
#define CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_SCRIPT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the script by which `shell` (bash, zsh or fish) completes the arguments of `program`, which it runs
// as `program complete -- WORDS`. A UsageError for another shell.
absl::StatusOr<std::string> CompletionScript(absl::string_view shell, absl::string_view program);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_SELF_COMPLETION_SCRIPT_H_
