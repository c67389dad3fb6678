// `kubeconfig_writer audit`: what in kubeconfigs could be stolen, or started from the wrong place.
#ifndef KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_

#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kAuditCommand;

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_AUDIT_COMMAND_H_
