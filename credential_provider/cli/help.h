// What a program says about its commands: help, and what to do when there is no such command.
#ifndef CREDENTIAL_PROVIDER_CLI_HELP_H_
#define CREDENTIAL_PROVIDER_CLI_HELP_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/command_line.h"

namespace credential_provider {

// Returns how wide help is for whoever reads stdout: as the terminal, but no line is longer than what is read
// with ease.
size_t HelpColumns();

// Returns the help for `args`, which begin with no command: that of the commands that begin with the first
// word ("get"), else that of the program.
std::string HelpWithoutCommand(const Program& program, absl::Span<const std::string> args);

// Returns the help of `command`, which takes `flags`.
std::string CommandHelp(const Program& program, const Command& command, absl::Span<const FlagSpec> flags);

// Returns the examples of `command` with the program's name, a line each; "" when there are none.
std::string ExamplesOf(const Program& program, const Command& command);

// What is wrong with `args`, which begin with no command, and which one may have been meant.
absl::Status UnknownCommand(const Program& program, absl::Span<const std::string> args);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_HELP_H_
