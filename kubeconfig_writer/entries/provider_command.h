// What stands as `command` in an exec stanza.
#ifndef KUBECONFIG_WRITER_ENTRIES_PROVIDER_COMMAND_H_
#define KUBECONFIG_WRITER_ENTRIES_PROVIDER_COMMAND_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace kubeconfig_writer {

// Returns true when `command` is a name or path of credential_provider, or of kubectl-ack, which is it too:
// the mark by which entries are known as ours.
bool IsProviderCommand(absl::string_view command);

// Returns the command for `given`, the value of --command. A bare name stays as it is: the PATH of whoever
// runs kubectl decides, here or on another machine. A path is made absolute, because kubectl takes a
// relative one from the kubeconfig's folder. InvalidArgument when it is none for IsProviderCommand; NotFound
// when there is no such program.
absl::StatusOr<std::string> NamedCommand(const std::string& given);

struct CommandRequest {
  std::string given;       // the value of --command, or ""
  std::string standing;    // the command that the entry has already, or ""
  std::string kubeconfig;  // the file that it is for
};

struct ChosenCommand {
  std::string command;
  std::string why;  // in words, for the user: "where it is installed"
};

// Returns NamedCommand of what was given; or the bare name that is there, while the PATH leads to such a
// program; or else the path that lasts (lasting_path) of the credential_provider that belongs to the running
// program: beside it, where both are installed, or where the build leaves it. Not its bare name, because
// editors, cron and desktops have another PATH; only where that path lies below the kubeconfig's folder,
// because `kubectl config set-credentials` would make it relative, and FailedPrecondition when no PATH leads
// there either.
absl::StatusOr<ChosenCommand> ProviderCommand(const CommandRequest& request,
                                              const credential_provider::Environment& environment);

// Returns OK for the `command` of a stanza that is there and stays. NotFound when there is no such program;
// FailedPrecondition when a part of its path names a version. Both carry what to do, and the path that lasts:
// `install_line` (install_line.h) writes it; "" where there is no such line.
absl::Status CheckCommand(const std::string& command, const std::string& install_line,
                          const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_PROVIDER_COMMAND_H_
