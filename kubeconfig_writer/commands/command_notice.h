// What is said of commands: those that stanzas have, and those that a hint is made of.
#ifndef KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_
#define KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"
#include "kubeconfig_writer/entries/provider_command.h"

namespace kubeconfig_writer {

// Warns when the `command` of a stanza of this program is not there, or will not be after an upgrade;
// `install_line` (entries/install_line.h) writes a better one.
void WarnOfCommand(const std::string& command, const std::string& install_line,
                   const credential_provider::Environment& environment);

// Returns those flags of `args`, the arguments of a stanza, with their values, that are among `known`, the
// flags of another command: so that a hint calls as who the stanza does.
std::vector<std::string> FlagsAmong(absl::Span<const credential_provider::FlagSpec> known,
                                    absl::Span<const std::string> args);

// Says which command was written, and why that one; or warns of it.
void SayCommand(const ChosenCommand& chosen, const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_
