// `kubeconfig_writer migrate`: an ACK user whose key stands in the kubeconfig becomes one that runs the
// provider.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MIGRATE_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MIGRATE_COMMAND_H_

#include "credential_provider/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kMigrateCommand;

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MIGRATE_COMMAND_H_
