#include "kubeconfig_writer/provider_command.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::WithHint;

// `path` with all links resolved, or "" when there is no such file.
std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

bool IsProgram(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
}

bool IsSameFile(const std::string& a, const std::string& b) {
  struct stat of_a, of_b;
  return stat(a.c_str(), &of_a) == 0 && stat(b.c_str(), &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
         of_a.st_ino == of_b.st_ino;
}

// Returns the first file of that name on the PATH, as kubectl looks for it: elements that are not absolute
// are refused there.
std::string OnPath(absl::string_view path) {
  for (const absl::string_view folder : absl::StrSplit(path, ':')) {
    const std::string candidate = absl::StrCat(folder, "/", kProviderName);
    if (absl::StartsWith(folder, "/") && IsProgram(candidate)) return candidate;
  }
  return "";
}

}  // namespace

absl::StatusOr<std::string> FindProvider() {
  const std::string folder = DirectoryOf(Resolved("/proc/self/exe"));
  for (const absl::string_view place : {"/", "/../credential_provider/"}) {
    const std::string provider = Resolved(absl::StrCat(folder, place, kProviderName));
    if (!provider.empty() && IsProgram(provider)) return provider;
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat(kProviderName, ": not found beside this program, in ", folder)),
      "install both programs in one folder, or name it with --command");
}

absl::StatusOr<std::string> CommandFor(const std::string& provider, const std::string& kubeconfig_path,
                                       const credential_provider::Environment& environment) {
  if (IsSameFile(provider, OnPath(environment.Get("PATH")))) return std::string(kProviderName);
  const std::string folder = Resolved(DirectoryOf(kubeconfig_path));
  if (folder.empty() || !absl::StartsWith(provider, absl::StrCat(folder == "/" ? "" : folder, "/")))
    return provider;
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(
          provider, ": lies below the kubeconfig's folder, where kubectl would make the path relative")),
      "put credential_provider on the PATH");
}

}  // namespace kubeconfig_writer
