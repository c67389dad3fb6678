// `kubeconfig_writer export`: a temporary kubeconfig that works without this program.
#ifndef KUBECONFIG_WRITER_COMMANDS_EXPORT_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_EXPORT_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kExportCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_EXPORT_COMMAND_H_
