#include "kubeconfig_writer/kubeconfig_document.h"

#include "credential_provider/yaml/yaml_json.h"
#include "kubeconfig_writer/empty_document.h"
#include "kubeconfig_writer/kubeconfig_edit.h"
#include "kubeconfig_writer/text_lines.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::ItemsOf;
using credential_provider::YamlNode;
using credential_provider::YamlTree;
using nlohmann::json;

absl::StatusOr<YamlTree> ParseTree(std::string text) {
  absl::StatusOr<YamlTree> tree = YamlTree::Parse(std::move(text));
  if (!tree.ok()) return tree.status();
  absl::Status status = CheckKubeconfig(*tree);
  if (!status.ok()) return status;
  return tree;
}

std::vector<const YamlNode*> Entries(const YamlTree& tree, KubeconfigList list) {
  const YamlNode* field = FindField(tree.root(), ListKey(list));
  return field == nullptr ? std::vector<const YamlNode*>() : ItemsOf(*field);
}

KubeconfigChange EntryChange(KubeconfigList list, absl::string_view name, absl::optional<json> content) {
  KubeconfigChange change;
  change.entry = KubeconfigChange::Entry{list, std::string(name), std::move(content)};
  return change;
}

KubeconfigChange CurrentContextChange(absl::optional<std::string> name) {
  KubeconfigChange change;
  change.current_context = KubeconfigChange::CurrentContext{std::move(name)};
  return change;
}

}  // namespace

absl::StatusOr<KubeconfigDocument> KubeconfigDocument::Parse(std::string text) {
  absl::StatusOr<YamlTree> tree = ParseTree(std::move(text));
  if (!tree.ok()) return tree.status();
  return KubeconfigDocument(*std::move(tree));
}

KubeconfigDocument KubeconfigDocument::ForMissingFile() {
  KubeconfigDocument document(*YamlTree::Parse(""));
  document.file_missing_ = true;
  return document;
}

std::vector<std::string> KubeconfigDocument::Names(KubeconfigList list) const {
  std::vector<std::string> names;
  for (const YamlNode* item : Entries(tree_, list)) names.push_back(NameOf(*item));
  return names;
}

bool KubeconfigDocument::Has(KubeconfigList list, absl::string_view name) const {
  for (const YamlNode* item : Entries(tree_, list)) {
    if (NameOf(*item) == name) return true;
  }
  return false;
}

absl::optional<json> KubeconfigDocument::Find(KubeconfigList list, absl::string_view name) const {
  for (const YamlNode* item : Entries(tree_, list)) {
    if (NameOf(*item) != name) continue;
    const YamlNode* content = FindField(*item, EntryKey(list));
    return content == nullptr ? json() : credential_provider::ToJson(*content);
  }
  return absl::nullopt;
}

std::vector<std::pair<std::string, json>> KubeconfigDocument::EntriesOf(KubeconfigList list) const {
  std::vector<std::pair<std::string, json>> entries;
  for (const YamlNode* item : Entries(tree_, list)) {
    const YamlNode* content = FindField(*item, EntryKey(list));
    entries.emplace_back(NameOf(*item), content == nullptr ? json() : credential_provider::ToJson(*content));
  }
  return entries;
}

absl::Status KubeconfigDocument::Set(KubeconfigList list, absl::string_view name,
                                     const nlohmann::ordered_json& content) {
  if (!content.is_object() || content.empty()) return absl::InvalidArgumentError("an entry without content");
  if (Find(list, name) == json(content)) return absl::OkStatus();
  return Add(EntryChange(list, name, json(content)),
             [&](const YamlTree& tree) { return SetEntry(tree, list, name, content); });
}

absl::Status KubeconfigDocument::Remove(KubeconfigList list, absl::string_view name) {
  if (!Has(list, name)) return absl::OkStatus();
  return TakeAway(EntryChange(list, name, absl::nullopt),
                  [&](const YamlTree& tree) { return RemoveEntry(tree, list, name); });
}

absl::Status KubeconfigDocument::SetCurrentContext(absl::string_view name) {
  if (current_context() == name) return absl::OkStatus();
  return Add(CurrentContextChange(std::string(name)),
             [&](const YamlTree& tree) { return SetCurrent(tree, name); });
}

absl::Status KubeconfigDocument::RemoveCurrentContext() {
  if (current_context().empty()) return absl::OkStatus();
  return TakeAway(CurrentContextChange(absl::nullopt), RemoveCurrent);
}

// Makes an edit that adds something. A document without any entry becomes a full one first.
absl::Status KubeconfigDocument::Add(const KubeconfigChange& change, MakeSplices make) {
  const YamlTree* base = &tree_;
  absl::StatusOr<YamlTree> filled = absl::UnknownError("not needed");
  if (IsEmptyDocument(tree_)) {
    const absl::StatusOr<std::string> text = FillEmptyDocument(tree_, file_missing_);
    if (!text.ok()) return text.status();
    filled = ParseTree(*text);
    if (!filled.ok()) return filled.status();
    base = &*filled;
  }
  const absl::StatusOr<Splices> splices = make(*base);
  if (!splices.ok()) return splices.status();
  return Become(Apply(base->text(), *splices), change);
}

// Makes an edit that removes something. When nothing is left, not even what Add began with stays.
absl::Status KubeconfigDocument::TakeAway(const KubeconfigChange& change, MakeSplices make) {
  const absl::StatusOr<Splices> splices = make(tree_);
  if (!splices.ok()) return splices.status();
  absl::Status status = Become(Apply(text(), *splices), change);
  if (!status.ok()) return status;
  absl::optional<EmptiedDocument> emptied = RestoreEmptyDocument(tree_);
  if (!emptied.has_value()) return absl::OkStatus();
  status = Become(std::move(emptied->text), {});
  if (status.ok()) file_missing_ = emptied->file_missing && text().empty();
  return status;
}

// Takes `text` for this document if it is this document with `change` and nothing else.
absl::Status KubeconfigDocument::Become(std::string text, const KubeconfigChange& change) {
  absl::StatusOr<YamlTree> tree = ParseTree(std::move(text));
  if (!tree.ok()) return tree.status();
  absl::Status status = CheckChange(tree_.root(), tree->root(), change);
  if (!status.ok()) return status;
  tree_ = *std::move(tree);
  file_missing_ = false;
  return absl::OkStatus();
}

}  // namespace kubeconfig_writer
