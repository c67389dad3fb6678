#include "kubeconfig_writer/file/kubeconfig_path.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

// kubectl would make a folder called "~".
absl::Status CheckExpanded(absl::string_view element) {
  if (!credential_provider::IsTildePath(element)) return absl::OkStatus();
  return credential_provider::WithHint(
      absl::FailedPreconditionError(absl::StrCat("KUBECONFIG: ", element, ": no shell has expanded the ~")),
      "write $HOME, or the whole path, in place of ~");
}

}  // namespace

absl::StatusOr<std::vector<std::string>> KubeconfigPaths(
    absl::string_view flag, const credential_provider::Environment& environment) {
  if (!flag.empty()) return std::vector<std::string>{std::string(flag)};
  std::vector<std::string> paths;
  for (const absl::string_view element :
       absl::StrSplit(environment.Get("KUBECONFIG"), ':', absl::SkipEmpty())) {
    absl::Status expanded = CheckExpanded(element);
    if (!expanded.ok()) return expanded;
    if (std::find(paths.begin(), paths.end(), element) == paths.end()) paths.emplace_back(element);
  }
  if (!paths.empty()) return paths;
  if (!environment.Get("HOME").empty())
    return std::vector<std::string>{credential_provider::InHome(environment, "/.kube/config")};
  return credential_provider::WithHint(
      absl::FailedPreconditionError("kubeconfig: neither KUBECONFIG nor HOME is set"),
      "name the file with --kubeconfig");
}

namespace {

// A file that its owner may not write is not meant to be: being root makes no difference.
bool CanChange(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & S_IWUSR) != 0 &&
         access(path.c_str(), W_OK) == 0 && access(credential_provider::DirectoryOf(path).c_str(), W_OK) == 0;
}

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

}  // namespace

absl::StatusOr<std::vector<std::string>> KubeconfigPathsToChange(
    absl::string_view flag, const credential_provider::Environment& environment) {
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPaths(flag, environment);
  if (!paths.ok()) return paths;
  absl::Status special;
  for (const std::string& path : *paths) {
    absl::Status is_file = CheckNotSpecial(path);
    if (is_file.ok()) return paths;
    special.Update(is_file);
  }
  return special;
}

std::string PathForNewEntry(const std::vector<std::string>& paths) {
  for (const auto fits : {&CanChange, &Exists}) {
    const auto path = std::find_if(paths.begin(), paths.end(), fits);
    if (path != paths.end()) return *path;
  }
  return paths.back();
}

bool IsSpecialFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

absl::Status CheckNotSpecial(const std::string& path) {
  return IsSpecialFile(path) ? NotAFile(path) : absl::OkStatus();
}

absl::Status NotAFile(const std::string& path) {
  return credential_provider::WithHint(
      absl::FailedPreconditionError(absl::StrCat(path, ": not a regular file")),
      "nothing was changed: name a file with --kubeconfig or KUBECONFIG");
}

}  // namespace kubeconfig_writer
