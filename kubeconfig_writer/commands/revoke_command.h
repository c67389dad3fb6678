// `kubeconfig_writer revoke`: ends what ACK has given the caller for one cluster.
#ifndef KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kRevokeCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_REVOKE_COMMAND_H_
