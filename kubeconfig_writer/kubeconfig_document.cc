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

absl::Status KubeconfigDocument::Set(KubeconfigList list, absl::string_view name,
                                     const nlohmann::ordered_json& content) {
  if (Find(list, name) == json(content)) return absl::OkStatus();
  const absl::StatusOr<YamlTree> tree = Fillable();
  if (!tree.ok()) return tree.status();
  const absl::StatusOr<Splices> splices = SetEntry(*tree, list, name, content);
  if (!splices.ok()) return splices.status();
  return Take(Apply(tree->text(), *splices), EntryChange(list, name, json(content)));
}

absl::Status KubeconfigDocument::Remove(KubeconfigList list, absl::string_view name) {
  if (!Has(list, name)) return absl::OkStatus();
  const absl::StatusOr<Splices> splices = RemoveEntry(tree_, list, name);
  if (!splices.ok()) return splices.status();
  return TakeRemoval(Apply(text(), *splices), EntryChange(list, name, absl::nullopt));
}

absl::Status KubeconfigDocument::SetCurrentContext(absl::string_view name) {
  if (current_context() == name) return absl::OkStatus();
  const absl::StatusOr<YamlTree> tree = Fillable();
  if (!tree.ok()) return tree.status();
  const absl::StatusOr<Splices> splices = SetCurrent(*tree, name);
  if (!splices.ok()) return splices.status();
  return Take(Apply(tree->text(), *splices), CurrentContextChange(std::string(name)));
}

absl::Status KubeconfigDocument::RemoveCurrentContext() {
  if (current_context().empty()) return absl::OkStatus();
  const absl::StatusOr<Splices> splices = RemoveCurrent(tree_);
  if (!splices.ok()) return splices.status();
  return TakeRemoval(Apply(text(), *splices), CurrentContextChange(absl::nullopt));
}

// Returns what an edit starts from: this document, or what one without any entry becomes first.
absl::StatusOr<YamlTree> KubeconfigDocument::Fillable() const {
  if (!IsEmptyDocument(tree_)) return ParseTree(text());
  absl::StatusOr<std::string> filled = FillEmptyDocument(tree_, file_missing_);
  if (!filled.ok()) return filled.status();
  return ParseTree(*std::move(filled));
}

// Becomes `text` if that is this document with `change` and nothing else.
absl::Status KubeconfigDocument::Take(std::string text, const KubeconfigChange& change) {
  absl::StatusOr<YamlTree> tree = ParseTree(std::move(text));
  if (!tree.ok()) return tree.status();
  absl::Status status = CheckChange(tree_.root(), tree->root(), change);
  if (!status.ok()) return status;
  tree_ = *std::move(tree);
  file_missing_ = false;
  return absl::OkStatus();
}

absl::Status KubeconfigDocument::TakeRemoval(std::string text, const KubeconfigChange& change) {
  absl::Status status = Take(std::move(text), change);
  if (!status.ok()) return status;
  absl::optional<EmptiedDocument> emptied = RestoreEmptyDocument(tree_);
  if (!emptied.has_value()) return absl::OkStatus();
  status = Take(std::move(emptied->text), {});
  if (status.ok()) file_missing_ = emptied->file_missing && this->text().empty();
  return status;
}

}  // namespace kubeconfig_writer
