// `kubeconfig_writer uninstall`: takes out of the kubeconfig what install put there.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/command.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kUninstallCommand;

// Removes cluster, user and context `name` from the kubeconfig at `kubeconfig`, or when that is "" from the
// file of kubectl's list that has them, and forgets what credential_provider has stored for it. Returns what
// to tell the user. NotFound when there is no entry of ours.
absl::StatusOr<std::string> Uninstall(absl::string_view name, const std::string& kubeconfig,
                                      const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_UNINSTALL_COMMAND_H_
