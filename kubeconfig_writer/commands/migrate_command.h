// `kubeconfig_writer migrate`: an ACK user whose key is in the kubeconfig becomes one that runs the
// provider.
#ifndef KUBECONFIG_WRITER_COMMANDS_MIGRATE_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_MIGRATE_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kMigrateCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_MIGRATE_COMMAND_H_
