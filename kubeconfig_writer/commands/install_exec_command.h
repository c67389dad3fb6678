// `kubeconfig_writer install exec`: wraps the exec plugin of a user with this cache.
#ifndef KUBECONFIG_WRITER_COMMANDS_INSTALL_EXEC_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_INSTALL_EXEC_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kInstallExecCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_INSTALL_EXEC_COMMAND_H_
