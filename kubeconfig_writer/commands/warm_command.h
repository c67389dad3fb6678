// `kubeconfig_writer warm`: credentials for contexts, before anybody waits for them.
#ifndef KUBECONFIG_WRITER_COMMANDS_WARM_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_WARM_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kWarmCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_WARM_COMMAND_H_
