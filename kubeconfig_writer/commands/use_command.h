// `kubeconfig_writer use`: makes a context the current one.
#ifndef KUBECONFIG_WRITER_COMMANDS_USE_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_USE_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUseCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_USE_COMMAND_H_
