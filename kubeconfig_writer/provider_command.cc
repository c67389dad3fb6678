#include "kubeconfig_writer/provider_command.h"

#include <sys/stat.h>

#include <climits>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/executable.h"
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

bool IsSameFile(const std::string& a, const std::string& b) {
  struct stat of_a, of_b;
  return stat(a.c_str(), &of_a) == 0 && stat(b.c_str(), &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
         of_a.st_ino == of_b.st_ino;
}

}  // namespace

absl::StatusOr<std::string> FindProvider() {
  const std::string folder = DirectoryOf(Resolved("/proc/self/exe"));
  for (const absl::string_view place : {"/", "/../credential_provider/"}) {
    std::string provider = Resolved(absl::StrCat(folder, place, kProviderName));
    if (!provider.empty() && credential_provider::IsExecutable(provider)) return provider;
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat(kProviderName, ": not found beside this program, in ", folder)),
      "install both programs in one folder, or name it with --command");
}

absl::StatusOr<std::string> CommandFor(const std::string& provider, const std::string& kubeconfig_path,
                                       const credential_provider::Environment& environment) {
  if (IsSameFile(provider, credential_provider::FindExecutable(kProviderName, environment.Get("PATH"))))
    return std::string(kProviderName);
  const std::string folder = Resolved(DirectoryOf(kubeconfig_path));
  if (folder.empty() || !absl::StartsWith(provider, absl::StrCat(folder == "/" ? "" : folder, "/")))
    return provider;
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(
          provider, ": lies below the kubeconfig's folder, where kubectl would make the path relative")),
      "put credential_provider on the PATH");
}

}  // namespace kubeconfig_writer
