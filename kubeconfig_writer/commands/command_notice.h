// What is said on stderr about the commands that stanzas have.
#ifndef KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_
#define KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_

#include <string>

#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/entries/provider_command.h"

namespace kubeconfig_writer {

// Warns when the `command` of a stanza of this program is not there, or will not be after an upgrade.
void WarnOfCommand(const std::string& command, const credential_provider::Environment& environment);

// Says which command was written, and why that one; or warns of it.
void SayCommand(const ChosenCommand& chosen, const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_COMMAND_NOTICE_H_
