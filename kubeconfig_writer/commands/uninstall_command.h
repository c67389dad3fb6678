// `kubeconfig_writer uninstall`: takes out of the kubeconfig what install put there.
#ifndef KUBECONFIG_WRITER_COMMANDS_UNINSTALL_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_UNINSTALL_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUninstallCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_UNINSTALL_COMMAND_H_
