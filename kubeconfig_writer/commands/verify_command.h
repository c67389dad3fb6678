// `kubeconfig_writer verify`: whether a context leads into its cluster, and if not, where the way ends.
#ifndef KUBECONFIG_WRITER_COMMANDS_VERIFY_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_VERIFY_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kVerifyCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_VERIFY_COMMAND_H_
