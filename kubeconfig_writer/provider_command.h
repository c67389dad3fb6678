// What stands as `command` in an exec stanza.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/program_name.h"

namespace kubeconfig_writer {

// The file name of the provider.
// A reference, because ubsan takes no copy of it for a constant.
inline constexpr const auto& kProviderName = credential_provider::kProgramName;

// Returns the path of the credential_provider that belongs to the running program: beside it, where both are
// installed, or where the build leaves it. NotFound when there is none.
absl::StatusOr<std::string> FindProvider();

// Returns the command for `provider`, an absolute path: its bare name when the PATH leads to that very file,
// so that kubectl shows the installHint and the entry survives a move; else the path. A path below the
// kubeconfig's folder is FailedPrecondition: `kubectl config set-credentials` would make it relative and
// break the entry.
absl::StatusOr<std::string> CommandFor(const std::string& provider, const std::string& kubeconfig_path,
                                       const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_
