// `kubeconfig_writer uninstall`: takes out of the kubeconfig what install put there.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/command.h"
#include "kubeconfig_writer/edit_flags.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUninstallCommand;

struct UninstallRequest {
  std::string name;        // of cluster, user and context
  std::string kubeconfig;  // the file; "" for the one of kubectl's list that has them
  EditChoice edit;
};

// Removes cluster, user and context, and forgets what credential_provider has stored for them. Returns what
// to tell the user, or the diff of a dry run. NotFound when there is no entry of ours.
absl::StatusOr<std::string> Uninstall(const UninstallRequest& request,
                                      const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
