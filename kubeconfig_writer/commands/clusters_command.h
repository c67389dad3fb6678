// `kubeconfig_writer clusters`: what there is to install.
#ifndef KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kClustersCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_CLUSTERS_COMMAND_H_
