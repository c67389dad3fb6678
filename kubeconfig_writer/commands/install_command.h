// `kubeconfig_writer install`: the entries for ACK clusters, put into the kubeconfig.
#ifndef KUBECONFIG_WRITER_COMMANDS_INSTALL_COMMAND_H_
#define KUBECONFIG_WRITER_COMMANDS_INSTALL_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/install/install_request.h"

namespace kubeconfig_writer {

// One for each kind of credential.
std::vector<credential_provider::Command> InstallCommands();

// `get-credentials` and `install`, which mean ACK.
std::vector<credential_provider::Command> ShortInstallCommands();

// The flags of a command of a kind for ACK clusters: those of `credential_provider get`, and its own.
std::vector<credential_provider::FlagSpec> InstallFlags(const credential_provider::Command& command);

// Makes the request that `given`, parsed with those of `command`, stand for. InvalidArgument names the
// flag.
absl::StatusOr<InstallRequest> ParseInstall(const credential_provider::Command& command,
                                            const credential_provider::ParsedFlags& given);

// Asks ACK for the address and the CA of each cluster, with the caller's own AccessKey, and puts cluster,
// user and context into the kubeconfig. What credential_provider has stored for an entry that is rewritten is
// forgotten. Returns what to tell the user. When it is about one cluster, after an error the kubeconfig is as
// it was; of several, what failed goes to stderr and the others are there.
absl::StatusOr<credential_provider::Output> Install(const InstallRequest& request,
                                                    const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_COMMANDS_INSTALL_COMMAND_H_
