// `kubeconfig_writer uninstall`: takes out of the kubeconfig what install put there.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_

#include "credential_provider/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUninstallCommand;

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
