// Another exec plugin and what tells its credentials apart: parsed by credential_provider, formatted by
// kubeconfig_writer.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_EXEC_OPTIONS_H_
#define CREDENTIAL_PROVIDER_ISSUERS_EXEC_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"

namespace credential_provider {

struct ExecOptions {
  std::vector<std::string> command;  // a path, or a name that is looked for on the PATH, and its arguments
  std::vector<std::string> key_env;  // variables that change its credential even if they tell of the session
  absl::Duration time_limit = absl::Minutes(2);  // the plugin may be waiting for its user
};

// The flags of ExecOptions.
absl::Span<const FlagSpec> ExecFlags();

// Makes the options for `command`. InvalidArgument, naming the flag, or when there is no command.
absl::StatusOr<ExecOptions> ParseExecOptions(const ParsedFlags& flags, std::vector<std::string> command);

// Returns the flags that stand for `options`, without those that are as by default, and without the command.
std::vector<std::string> FormatExecFlags(const ExecOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_EXEC_OPTIONS_H_
