// `kubeconfig_writer install` for a kind of credential that is not about ACK clusters: the user alone,
// because nobody can be asked where the cluster is.
#ifndef KUBECONFIG_WRITER_COMMANDS_INSTALL_USER_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_INSTALL_USER_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

// REQUIRES: it becomes the command of a kind of credential (credential_provider/commands/issuer_commands.h).
credential_provider::Command InstallUserCommand();

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_INSTALL_USER_COMMAND_H_
