#include "kubeconfig_writer/uninstall_command.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/cluster_entry.h"
#include "kubeconfig_writer/kubeconfig_file.h"
#include "kubeconfig_writer/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

// Returns the first of `paths` that has an entry of ours called `name`.
absl::StatusOr<std::string> PathOf(const std::vector<std::string>& paths, absl::string_view name) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    if (IsOurs(*document, name)) return path;
  }
  return absl::NotFoundError(absl::StrCat(credential_provider::Printable(name),
                                          ": no entry that this program made, in ", paths.front(),
                                          paths.size() > 1 ? " and the other files of KUBECONFIG" : ""));
}

}  // namespace

absl::StatusOr<std::string> Uninstall(absl::string_view name, const std::string& kubeconfig,
                                      const credential_provider::Environment& environment) {
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPaths(kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<std::string> path = PathOf(*paths, name);
  if (!path.ok()) return path.status();
  absl::StatusOr<bool> changed = EditKubeconfig(*path, [name](KubeconfigDocument& document) {
    return IsOurs(document, name) ? RemoveEntry(name, document) : absl::OkStatus();
  });
  if (!changed.ok()) return changed.status();
  return absl::StrCat("removed context ", name, " from ", *path, "\n");
}

}  // namespace kubeconfig_writer
