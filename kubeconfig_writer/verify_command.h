// `kubeconfig_writer verify`: whether a context leads into its cluster, and if not, where the way ends.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_VERIFY_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_VERIFY_COMMAND_H_

#include "credential_provider/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kVerifyCommand;

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_VERIFY_COMMAND_H_
