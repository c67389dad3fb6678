#include "kubeconfig_writer/kubeconfig_path.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {

absl::StatusOr<std::vector<std::string>> KubeconfigPaths(
    absl::string_view flag, const credential_provider::Environment& environment) {
  if (!flag.empty()) return std::vector<std::string>{std::string(flag)};
  std::vector<std::string> paths;
  for (const absl::string_view element :
       absl::StrSplit(environment.Get("KUBECONFIG"), ':', absl::SkipEmpty())) {
    if (std::find(paths.begin(), paths.end(), element) == paths.end()) paths.emplace_back(element);
  }
  if (!paths.empty()) return paths;
  const absl::string_view home = environment.Get("HOME");
  if (!home.empty()) return std::vector<std::string>{absl::StrCat(home, "/.kube/config")};
  return credential_provider::WithHint(
      absl::FailedPreconditionError("kubeconfig: neither KUBECONFIG nor HOME is set"),
      "name the file with --kubeconfig");
}

std::string PathForNewEntry(const std::vector<std::string>& paths) {
  const auto existing = std::find_if(paths.begin(), paths.end(),
                                     [](const std::string& path) { return access(path.c_str(), F_OK) == 0; });
  return existing == paths.end() ? paths.back() : *existing;
}

}  // namespace kubeconfig_writer
