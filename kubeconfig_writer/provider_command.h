// What stands as `command` in an exec stanza.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/program_name.h"

namespace kubeconfig_writer {

// The file name of the provider.
// A reference, because ubsan takes no copy of it for a constant.
inline constexpr const auto& kProviderName = credential_provider::kProgramName;

// Returns the command for `given`, the value of --command. A bare name stays as it is: the PATH of whoever
// runs kubectl decides, here or on another machine. A path is made absolute, because kubectl takes a
// relative one from the kubeconfig's folder. InvalidArgument when its file is not called
// credential_provider, the name by which entries are known as ours; NotFound when there is no such
// program.
absl::StatusOr<std::string> NamedCommand(const std::string& given);

// Returns NamedCommand, or when nothing was given the command for the credential_provider that belongs to
// the running program: beside it, where both are installed, or where the build leaves it. That is its bare
// name when the PATH leads to that very file, so that kubectl shows the installHint and the entry survives
// a move; else its path. A path below the kubeconfig's folder is FailedPrecondition: `kubectl config
// set-credentials` would make it relative and break the entry.
absl::StatusOr<std::string> ProviderCommand(const std::string& given, const std::string& kubeconfig_path,
                                            const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_PROVIDER_COMMAND_H_
