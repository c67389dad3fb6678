// What is asked of a person at a terminal. Questions go to stderr: stdout is for the answer.
#ifndef CREDENTIAL_PROVIDER_CLI_PROMPT_H_
#define CREDENTIAL_PROVIDER_CLI_PROMPT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace kubeconfig_writer {

// Returns true when there is a person to ask: stdin and stderr are terminals, and this is no CI job.
bool CanAsk(const credential_provider::Environment& environment);

// Shows `question` and returns the line typed, without its end. Cancelled when the input ends instead.
absl::StatusOr<std::string> Ask(absl::string_view question);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_CLI_PROMPT_H_
