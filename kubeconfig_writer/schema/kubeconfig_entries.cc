#include "kubeconfig_writer/schema/kubeconfig_entries.h"

#include "kubeconfig_writer/yaml/yaml_shape.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::YamlNode;

absl::string_view TextAt(const YamlNode& mapping, absl::string_view key) {
  const YamlNode* field = FindField(mapping, key);
  return field == nullptr || IsNull(*field) || !IsText(*field) ? "" : field->value();
}

}  // namespace

absl::string_view NameOf(const YamlNode& item) { return TextAt(item, "name"); }

absl::string_view CurrentContextOf(const YamlNode& root) { return TextAt(root, "current-context"); }

KubeconfigEntries::KubeconfigEntries(const Node& root) : root_(root) {
  for (const KubeconfigList list : kKubeconfigLists) {
    const Node* field = FindField(root, ListKey(list));
    if (field == nullptr) continue;
    List& entries = lists_[static_cast<size_t>(list)];
    entries.items = credential_provider::ItemsOf(*field);
    entries.by_name.reserve(entries.items.size());
    for (const Node* item : entries.items) entries.by_name.emplace(NameOf(*item), item);
  }
}

const YamlNode* KubeconfigEntries::Find(KubeconfigList list, absl::string_view name) const {
  const auto found = Of(list).by_name.find(name);
  return found == Of(list).by_name.end() ? nullptr : found->second;
}

const YamlNode* KubeconfigEntries::FindContent(KubeconfigList list, absl::string_view name) const {
  const Node* item = Find(list, name);
  return item == nullptr ? nullptr : FindField(*item, EntryKey(list));
}

}  // namespace kubeconfig_writer
