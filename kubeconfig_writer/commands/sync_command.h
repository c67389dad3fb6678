// `kubeconfig_writer sync`: makes the kubeconfig what the cloud says.
#ifndef KUBECONFIG_WRITER_COMMANDS_SYNC_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_SYNC_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

credential_provider::Command SyncCommand();

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_SYNC_COMMAND_H_
