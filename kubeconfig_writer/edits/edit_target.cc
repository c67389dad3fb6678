#include "kubeconfig_writer/edits/edit_target.h"

#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/yaml/yaml_check.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

void FindAliases(const YamlNode& node, std::vector<const YamlNode*>* aliases) {
  if (node.kind == YamlKind::kAlias) {
    aliases->push_back(&node);
    return;
  }
  for (const YamlNode* child = node.first(); child != nullptr; child = child->next)
    FindAliases(*child, aliases);
}

bool IsWithin(const YamlNode& node, const YamlNode& part) {
  return node.begin >= part.begin && node.end <= part.end;
}

}  // namespace

EditTarget::EditTarget(const credential_provider::YamlTree& tree, const KubeconfigEntries& entries)
    : tree_(tree), entries_(entries), yaml_(tree) {
  FindAliases(tree.root(), &aliases_);
}

absl::StatusOr<absl::optional<YamlField>> EditTarget::FindList(KubeconfigList list) const {
  absl::Status status = CheckNotShared(root(), "the file");
  if (!status.ok()) return status;
  const absl::optional<YamlField> field = DirectField(root(), ListKey(list));
  if (field.has_value()) status = CheckNotShared(*field->value, ListKey(list));
  if (!status.ok()) return status;
  return field;
}

absl::Status EditTarget::CheckNotReferred(const Node& part) const {
  for (const Node* alias : aliases_) {
    const bool concerned = IsWithin(*alias->first(), part) || IsWithin(part, *alias->first());
    if (concerned && !IsWithin(*alias, part))
      return RefuseAt(*alias, "refers to the entry that would change");
  }
  return absl::OkStatus();
}

absl::optional<YamlField> DirectField(const YamlNode& mapping, absl::string_view key) {
  for (const YamlField& field : FieldsOf(mapping)) {
    if (field.key->value() == key) return field;
  }
  return absl::nullopt;
}

absl::Status CheckNotShared(const YamlNode& node, absl::string_view what) {
  if (node.kind == YamlKind::kAlias) return RefuseAt(node, absl::StrCat(what, " is an alias"));
  if (node.properties() != nullptr) return RefuseAt(node, absl::StrCat(what, " has an anchor or a tag"));
  const bool merges = node.kind == YamlKind::kMapping && node.first() != nullptr && IsMergeKey(*node.first());
  return merges ? RefuseAt(node, absl::StrCat(what, " has a merge key")) : absl::OkStatus();
}

}  // namespace kubeconfig_writer
