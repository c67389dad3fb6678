#include "kubeconfig_writer/installation.h"

#include <algorithm>
#include <map>
#include <utility>

#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/kubeconfig_file.h"
#include "kubeconfig_writer/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::WithContext;

// The edit of one installation. It may be done again, on what another program has left of it.
absl::Status AddTo(KubeconfigDocument& document, Installation& installation) {
  const std::string before = document.text();
  const std::vector<std::string> args = ArgsOf(document, installation.entry.name);
  const absl::Status added = AddEntry(installation.entry, document);
  installation.status = WithContext(added, installation.path);
  if (absl::IsAlreadyExists(added)) return absl::OkStatus();
  if (!added.ok()) return added;
  if (!args.empty() && args != installation.entry.args) installation.old_args = args;
  if (installation.use) {
    absl::Status used = document.SetCurrentContext(installation.entry.name);
    if (!used.ok()) return used;
  }
  installation.changed |= document.text() != before;
  return absl::OkStatus();
}

void WriteFile(const std::string& path, absl::Span<Installation* const> installations) {
  const absl::Status edited = EditKubeconfig(path, [&](KubeconfigDocument& document) {
                                for (Installation* installation : installations) {
                                  absl::Status added = AddTo(document, *installation);
                                  if (!added.ok()) return added;
                                }
                                return absl::OkStatus();
                              }).status();
  if (edited.ok()) return;
  for (Installation* installation : installations) installation->status = edited;
}

}  // namespace

absl::StatusOr<KubeconfigFiles> KubeconfigFiles::Read(const std::vector<std::string>& paths) {
  KubeconfigFiles files;
  files.paths_ = paths;
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    files.documents_.push_back(*std::move(document));
  }
  return files;
}

std::string KubeconfigFiles::PathFor(const std::string& name) const {
  for (size_t i = 0; i < paths_.size(); ++i) {
    for (const KubeconfigList list : kKubeconfigLists) {
      if (documents_[i].Has(list, name)) return paths_[i];
    }
  }
  return PathForNewEntry(paths_);
}

bool KubeconfigFiles::HasCurrentContext() const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [](const KubeconfigDocument& document) { return !document.current_context().empty(); });
}

void WriteInstallations(absl::Span<Installation> installations) {
  std::map<std::string, std::vector<Installation*>> by_path;
  for (Installation& installation : installations) {
    if (installation.status.ok()) by_path[installation.path].push_back(&installation);
  }
  for (const auto& [path, of_path] : by_path) WriteFile(path, of_path);
}

}  // namespace kubeconfig_writer
