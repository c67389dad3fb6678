#include "kubeconfig_writer/edits/field_edit.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_json.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/yaml/yaml_check.h"
#include "kubeconfig_writer/yaml/yaml_shape.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ToJson;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlType;
using nlohmann::json;
using nlohmann::ordered_json;

// True for a mapping that is not empty and whose fields are all its own, under the names that they are read
// by.
bool IsPlainMapping(const YamlNode& node) {
  if (node.kind != YamlKind::kMapping || node.first() == nullptr || !CheckNotShared(node, "").ok())
    return false;
  for (const YamlField& field : FieldsOf(node)) {
    if (field.key->kind != YamlKind::kScalar || TypeOf(*field.key) != YamlType::kString) return false;
  }
  return true;
}

KubeconfigEdit FieldEdit(const KubeconfigEdit& entry, KubeconfigEdit::Kind kind,
                         std::vector<std::string> path, const std::string& key, ordered_json value) {
  path.push_back(key);
  return {kind, entry.list, entry.name, std::move(path), std::move(value)};
}

// Adds to `edits` what makes `content`, of the field at `path`, of the plain mapping `old`. What is added or
// replaced comes first, so that the mapping is never empty in between.
void Split(const KubeconfigEdit& entry, const YamlNode& old, const ordered_json& content,
           const std::vector<std::string>& path, std::vector<KubeconfigEdit>* edits) {
  for (const auto& [key, value] : content.items()) {
    const absl::optional<YamlField> field = DirectField(old, key);
    if (field.has_value() && ToJson(*field->value) == json(value)) continue;
    if (field.has_value() && value.is_object() && !value.empty() && IsPlainMapping(*field->value)) {
      std::vector<std::string> deeper = path;
      deeper.push_back(key);
      Split(entry, *field->value, value, deeper, edits);
    } else {
      edits->push_back(FieldEdit(entry, KubeconfigEdit::Kind::kSetField, path, key, value));
    }
  }
  for (const YamlField& field : FieldsOf(old)) {
    const std::string key(field.key->value());
    if (!content.contains(key) && !IsEmptyOrNull(*field.value))
      edits->push_back(FieldEdit(entry, KubeconfigEdit::Kind::kRemoveField, path, key, {}));
  }
}

// Refuses to replace or remove what is taken from elsewhere in the file: it would stay there, and the way in
// which it was written would be lost here.
absl::Status CheckNothingBorrowed(const YamlNode& node) {
  if (node.kind == YamlKind::kAlias) return RefuseAt(node, "an alias is in what would change");
  absl::Status status = absl::OkStatus();
  for (const YamlNode* child = node.first(); child != nullptr && status.ok(); child = child->next) {
    const bool merges = node.kind == YamlKind::kMapping && child == node.first() && IsMergeKey(*child);
    status = merges ? RefuseAt(*child, "a merge key is in what would change") : CheckNothingBorrowed(*child);
  }
  return status;
}

// Refuses to replace or remove what other places share.
absl::Status CheckAlone(const EditTarget& site, const YamlNode& node) {
  absl::Status status = site.CheckNotReferred(node);
  return status.ok() ? CheckNothingBorrowed(node) : status;
}

// How the front of a list changes while the items after it keep their lines, with comments and quotes.
struct FrontChange {
  const YamlNode* kept;  // the first that stays
  ordered_json items;    // what comes instead of those before it
};

// Returns the change that makes `list` mean `value`, or nothing when not even the last item stays.
absl::optional<FrontChange> FrontChangeOf(const YamlNode& list, const ordered_json& value) {
  const std::vector<const YamlNode*> old = ItemsOf(list);
  if (!value.is_array()) return absl::nullopt;
  size_t same = 0;
  while (same < old.size() && same < value.size() &&
         ToJson(*old[old.size() - same - 1]) == json(value[value.size() - same - 1]))
    ++same;
  if (same == 0) return absl::nullopt;
  ordered_json items = ordered_json::array();
  for (size_t i = 0; i < value.size() - same; ++i) items.push_back(value[i]);
  return FrontChange{old[old.size() - same], std::move(items)};
}

absl::StatusOr<Splices> PlanFront(const EditTarget& site, const YamlNode& list, const FrontChange& change) {
  const bool named = list.properties() != nullptr;
  absl::Status status = named ? site.CheckNotReferred(list) : absl::OkStatus();
  for (const YamlNode* item = list.first(); item != change.kept && status.ok(); item = item->next)
    status = CheckAlone(site, *item);
  if (!status.ok()) return status;
  return site.yaml().ReplaceFront(list, *change.kept, change.items);
}

const YamlNode& Item(const EditTarget& site, const KubeconfigEdit& edit) {
  return *site.entries().Find(edit.list, edit.name);
}

// Returns the mapping that holds the last field of the edit's path, or the place above it where there is
// none.
absl::StatusOr<const YamlNode*> Holder(const EditTarget& site, const KubeconfigEdit& edit) {
  const YamlNode* node = &Item(site, edit);
  std::vector<std::string> keys = {std::string(EntryKey(edit.list))};
  keys.insert(keys.end(), edit.path.begin(), edit.path.end() - 1);
  absl::Status own = CheckNotShared(*node, "the entry");
  for (const std::string& key : keys) {
    if (!own.ok()) return own;
    const absl::optional<YamlField> field =
        node->kind == YamlKind::kMapping ? DirectField(*node, key) : absl::nullopt;
    if (!field.has_value()) return nullptr;
    node = field->value;
    own = CheckNotShared(*node, key);
  }
  if (!own.ok()) return own;
  return node;
}

}  // namespace

std::vector<KubeconfigEdit> SplitIntoFields(const EditTarget& site, const KubeconfigEdit& edit) {
  const YamlNode& item = Item(site, edit);
  const absl::optional<YamlField> field =
      item.kind == YamlKind::kMapping ? DirectField(item, EntryKey(edit.list)) : absl::nullopt;
  if (!field.has_value() || !CheckNotShared(item, "").ok() || !IsPlainMapping(*field->value)) return {edit};
  std::vector<KubeconfigEdit> edits;
  Split(edit, *field->value, edit.value, {}, &edits);
  return edits;
}

absl::StatusOr<PlannedEdit> PlanReplace(const EditTarget& site, const KubeconfigEdit& edit) {
  const YamlNode& item = Item(site, edit);
  absl::Status status = CheckNotShared(item, "the entry");
  if (!status.ok()) return status;
  if (item.kind != YamlKind::kMapping) return RefuseAt(item, "the entry has nothing but its dash");
  const std::string key(EntryKey(edit.list));
  const absl::optional<YamlField> field = DirectField(item, key);
  if (!field.has_value()) return Planned(site.yaml().AddField(item, key, edit.value), {&item}, {});
  status = CheckAlone(site, *field->value);
  if (!status.ok()) return status;
  return Planned(site.yaml().ReplaceValue(item, *field, edit.value), {}, {});
}

absl::StatusOr<PlannedEdit> PlanSetField(const EditTarget& site, const KubeconfigEdit& edit) {
  const absl::StatusOr<const YamlNode*> holder = Holder(site, edit);
  if (!holder.ok()) return holder.status();
  if (*holder == nullptr || (*holder)->kind != YamlKind::kMapping || (*holder)->first() == nullptr) {
    if (edit.path.size() > 1) return RefuseAt(Item(site, edit), "nothing to put this field into");
    KubeconfigEdit whole = edit;
    whole.value = {{edit.path.front(), edit.value}};
    return PlanReplace(site, whole);
  }
  const std::string& key = edit.path.back();
  const absl::optional<YamlField> field = DirectField(**holder, key);
  if (!field.has_value()) return Planned(site.yaml().AddField(**holder, key, edit.value), {*holder}, {});
  const absl::optional<FrontChange> front = FrontChangeOf(*field->value, edit.value);
  if (front.has_value()) return Planned(PlanFront(site, *field->value, *front), {}, {});
  absl::Status status = CheckAlone(site, *field->value);
  if (!status.ok()) return status;
  const bool exchanged = edit.path == std::vector<std::string>{"exec", "command"};  // by `install exec`
  return Planned(exchanged ? site.yaml().ExchangeText(**holder, *field, edit.value)
                           : site.yaml().ReplaceValue(**holder, *field, edit.value),
                 {}, {});
}

absl::StatusOr<PlannedEdit> PlanRemoveField(const EditTarget& site, const KubeconfigEdit& edit) {
  const absl::StatusOr<const YamlNode*> holder = Holder(site, edit);
  if (!holder.ok()) return holder.status();
  const absl::optional<YamlField> field = DirectField(**holder, edit.path.back());
  if (!field.has_value()) return RefuseAt(**holder, "the field comes from a merge key");
  absl::Status status = CheckAlone(site, *field->value);
  if (!status.ok()) return status;
  return Planned(site.yaml().RemoveField(**holder, *field), {}, {*holder});
}

}  // namespace kubeconfig_writer
