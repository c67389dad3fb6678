// Which files are the kubeconfig, by kubectl's rules.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_PATH_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_PATH_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"

namespace kubeconfig_writer {

inline constexpr credential_provider::FlagSpec kKubeconfigFlag = {
    "--kubeconfig", "FILE", "the kubeconfig (default: as kubectl: KUBECONFIG, ~/.kube/config)", nullptr,
    credential_provider::Preset::kNever};

// Returns the files in the order in which kubectl merges them: `flag`, the value of --kubeconfig, which is
// one file; else the elements of KUBECONFIG, without empty and repeated ones; else $HOME/.kube/config. They
// need not exist. FailedPrecondition when there is no HOME either, or for a "~" that no shell has expanded.
absl::StatusOr<std::vector<std::string>> KubeconfigPaths(absl::string_view flag,
                                                         const credential_provider::Environment& environment);

// The same for a command that changes them. FailedPrecondition when none of them is a file or can become one.
absl::StatusOr<std::vector<std::string>> KubeconfigPathsToChange(
    absl::string_view flag, const credential_provider::Environment& environment);

// Returns the file that a new entry goes to, which is where kubectl puts it: the first of `paths` that exists
// and can be changed, else the first that exists, else the last.
// REQUIRES: `paths` is not empty.
std::string PathForNewEntry(const std::vector<std::string>& paths);

// Returns true when `path` leads to a device, a pipe or a socket: neither a file nor a folder. A new file
// that takes its name would end it.
bool IsSpecialFile(const std::string& path);

// FailedPrecondition, with a hint, when `path` leads to such a thing: it is no place for a kubeconfig.
absl::Status CheckNotSpecial(const std::string& path);

// That error.
absl::Status NotAFile(const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_PATH_H_
