// `kubeconfig_writer list`: the entries of this program, and their state.
#ifndef KUBECONFIG_WRITER_COMMANDS_LIST_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_LIST_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kListCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_LIST_COMMAND_H_
