#include "kubeconfig_writer/merged_kubeconfig.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "kubeconfig_writer/kubeconfig_file.h"

namespace kubeconfig_writer {

absl::StatusOr<MergedKubeconfig> MergedKubeconfig::Read(const std::vector<std::string>& paths) {
  MergedKubeconfig merged;
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    merged.Add(*document, path);
  }
  return merged;
}

void MergedKubeconfig::Add(const KubeconfigDocument& document, const std::string& file) {
  for (const KubeconfigList kind : kKubeconfigLists) {
    List& list = lists_[static_cast<size_t>(kind)];
    for (auto& [name, content] : document.EntriesOf(kind)) {
      if (!list.index.emplace(name, list.entries.size()).second) continue;
      list.entries.push_back({name, std::move(content), file});
    }
  }
  if (current_context_.empty()) current_context_ = document.current_context();
}

const std::vector<KubeconfigEntry>& MergedKubeconfig::entries(KubeconfigList list) const {
  return lists_[static_cast<size_t>(list)].entries;
}

const KubeconfigEntry* MergedKubeconfig::Find(KubeconfigList list, absl::string_view name) const {
  const List& entries = lists_[static_cast<size_t>(list)];
  const auto found = entries.index.find(std::string(name));
  return found == entries.index.end() ? nullptr : &entries.entries[found->second];
}

std::string TextAt(const nlohmann::json& object, const char* field) {
  const auto found = object.is_object() ? object.find(field) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string ResolvePath(const std::string& path, const std::string& file) {
  if (path.empty() || path[0] == '/') return path;
  return absl::StrCat(credential_provider::DirectoryOf(file), "/", path);
}

}  // namespace kubeconfig_writer
