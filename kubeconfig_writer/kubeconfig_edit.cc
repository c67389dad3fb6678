#include "kubeconfig_writer/kubeconfig_edit.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/kubeconfig_change.h"
#include "kubeconfig_writer/previous_value.h"
#include "kubeconfig_writer/yaml_check.h"
#include "kubeconfig_writer/yaml_render.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FieldsOf;
using credential_provider::FindField;
using credential_provider::ItemsOf;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;
using credential_provider::YamlTree;
using credential_provider::YamlType;
using nlohmann::ordered_json;

constexpr char kCurrentContext[] = "current-context";

bool IsNull(const YamlNode& node) {
  return node.kind == YamlKind::kScalar && TypeOf(node) == YamlType::kNull;
}

bool IsOnOneLine(absl::string_view text, const YamlNode& node) {
  return LineBegin(text, node.begin) == LineBegin(text, node.end);
}

// Returns the field as it stands in `mapping` itself.
absl::optional<YamlField> OwnField(const YamlNode& mapping, absl::string_view key) {
  for (const YamlField& field : FieldsOf(mapping)) {
    if (field.key->value == key) return field;
  }
  return absl::nullopt;
}

bool HasMerge(const YamlNode& mapping) { return mapping.first != nullptr && IsMergeKey(*mapping.first); }

// Refuses a mapping or list of which other places take a part, or which takes a part from other places.
absl::Status CheckOwn(const YamlNode& node, absl::string_view what) {
  if (node.kind == YamlKind::kAlias) return RefuseAt(node, absl::StrCat(what, " is an alias"));
  if (node.properties != nullptr) return RefuseAt(node, absl::StrCat(what, " has an anchor or a tag"));
  if (node.kind == YamlKind::kMapping && HasMerge(node))
    return RefuseAt(node, absl::StrCat(what, " has a merge key"));
  return absl::OkStatus();
}

bool IsWithin(const YamlNode& node, const YamlNode& part) {
  return node.begin >= part.begin && node.end <= part.end;
}

// Refuses to change `part` when an alias outside it stands for something inside it.
absl::Status CheckNotReferred(const YamlNode& node, const YamlNode& part) {
  if (&node == &part) return absl::OkStatus();
  if (node.kind == YamlKind::kAlias) {
    return IsWithin(*node.first, part) ? RefuseAt(node, "refers to the entry that would change")
                                       : absl::OkStatus();
  }
  for (const YamlNode* child = node.first; child != nullptr; child = child->next) {
    absl::Status status = CheckNotReferred(*child, part);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// Returns the field of `list` if the file has it, after the checks that every edit of it needs.
absl::StatusOr<absl::optional<YamlField>> FindList(const YamlNode& root, KubeconfigList list) {
  absl::Status status = CheckOwn(root, "the file");
  if (!status.ok()) return status;
  const absl::optional<YamlField> field = OwnField(root, ListKey(list));
  if (field.has_value()) status = CheckOwn(*field->value, ListKey(list));
  if (!status.ok()) return status;
  return field;
}

const YamlNode* FindItem(const YamlNode& list, absl::string_view name) {
  for (const YamlNode* item : ItemsOf(list)) {
    if (NameOf(*item) == name) return item;
  }
  return nullptr;
}

// Returns the entry with its keys in the order of its neighbour.
ordered_json MakeItem(const YamlNode* neighbour, KubeconfigList list, absl::string_view name,
                      const ordered_json& content) {
  const std::string key(EntryKey(list));
  const bool name_last = neighbour != nullptr && neighbour->kind == YamlKind::kMapping &&
                         neighbour->first != nullptr && neighbour->first->value == key;
  ordered_json item = ordered_json::object();
  if (name_last) item[key] = content;
  item["name"] = std::string(name);
  if (!name_last) item[key] = content;
  return item;
}

// Adds the first item to a list that is null, or is empty between brackets.
absl::StatusOr<Splices> FillList(const YamlTree& tree, const YamlEdit& edit, const YamlField& field,
                                 const ordered_json& item) {
  const YamlNode& value = *field.value;
  const absl::StatusOr<size_t> colon = edit.BehindColon(field);
  if (!colon.ok()) return colon.status();
  if (tree.root().style == YamlStyle::kBlock) {
    const bool beside = LineBegin(tree.text(), *colon) == LineBegin(tree.text(), value.end);
    if (!beside && value.kind == YamlKind::kSequence) return edit.AddItem(value, item);
    if (!beside) return RefuseAt(value, "an empty value that is not on the line of its key");
    absl::StatusOr<Splices> splices = edit.AddFirstItem(field, item);
    if (splices.ok()) splices->insert(splices->begin(), HideEmptyList(*colon));
    return splices;
  }
  if (value.kind == YamlKind::kSequence) return edit.AddItem(value, item);
  absl::StatusOr<Splices> splices = edit.ReplaceValue(tree.root(), field, ordered_json::array({item}));
  if (splices.ok()) absl::StrAppend(&splices->front().text, kValueWasNull);
  return splices;
}

absl::StatusOr<Splices> AddEntry(const YamlTree& tree, const absl::optional<YamlField>& field,
                                 KubeconfigList list, absl::string_view name, const ordered_json& content) {
  const YamlEdit edit(tree);
  if (!field.has_value()) {
    const ordered_json items = ordered_json::array({MakeItem(nullptr, list, name, content)});
    return edit.AddField(tree.root(), std::string(ListKey(list)), items, kKeyWasAbsent);
  }
  const std::vector<const YamlNode*> items = ItemsOf(*field->value);
  const ordered_json item = MakeItem(items.empty() ? nullptr : items.back(), list, name, content);
  return items.empty() ? FillList(tree, edit, *field, item) : edit.AddItem(*field->value, item);
}

absl::StatusOr<Splices> UpdateEntry(const YamlTree& tree, const YamlNode& item, KubeconfigList list,
                                    const ordered_json& content) {
  absl::Status status = CheckOwn(item, "the entry");
  if (!status.ok()) return status;
  if (item.kind != YamlKind::kMapping) return RefuseAt(item, "the entry has nothing but its dash");
  const YamlEdit edit(tree);
  const absl::optional<YamlField> field = OwnField(item, EntryKey(list));
  if (!field.has_value()) return edit.AddField(item, std::string(EntryKey(list)), content);
  status = CheckNotReferred(tree.root(), *field->value);
  if (!status.ok()) return status;
  return edit.ReplaceValue(item, *field, content);
}

// Removes the only item of a list in flow style, and what AddEntry wrote around it.
absl::StatusOr<Splices> EmptyFlowList(const YamlTree& tree, const YamlEdit& edit, const YamlField& field) {
  const bool in_flow = tree.root().style == YamlStyle::kFlow;
  const absl::string_view mark = in_flow ? FlowMark(tree.text(), field.value->end) : "";
  if (mark == kKeyWasAbsent) return edit.RemoveField(tree.root(), field, mark.size());
  if (mark == kValueWasNull) return Splices{{field.value->begin, field.value->end + mark.size(), "null"}};
  return edit.RemoveItem(*field.value, *field.value->first);
}

// The same in block style. Unless the key's comment tells what was there, the key goes too; but not when
// somebody's comment stands with it.
absl::StatusOr<Splices> EmptyBlockList(const YamlTree& tree, const YamlEdit& edit, const YamlField& field) {
  const std::string& text = tree.text();
  const absl::StatusOr<size_t> colon = edit.BehindColon(field);
  if (!colon.ok()) return colon.status();
  const size_t dash = SkipToContent(text, *colon);
  const absl::string_view between = absl::string_view(text).substr(*colon, dash - *colon);
  const absl::optional<Splice> shown = ShowEmptyList(text, *colon);
  const bool commented = between.find('#') != absl::string_view::npos;
  if (!shown.has_value() && !commented) return edit.RemoveField(tree.root(), field);
  absl::StatusOr<Splices> splices = edit.RemoveItem(*field.value, *field.value->first);
  if (splices.ok()) splices->insert(splices->begin(), shown.value_or(Splice{*colon, *colon, " []"}));
  return splices;
}

// Returns the field of the current context if the file has it and it can be changed.
absl::StatusOr<absl::optional<YamlField>> FindCurrent(const YamlTree& tree) {
  absl::Status status = CheckOwn(tree.root(), "the file");
  if (!status.ok()) return status;
  const absl::optional<YamlField> field = OwnField(tree.root(), kCurrentContext);
  if (field.has_value()) {
    status = CheckOwn(*field->value, kCurrentContext);
    if (status.ok() && !IsOnOneLine(tree.text(), *field->value)) {
      status = RefuseAt(*field->value, "current-context is not on one line");
    }
  }
  if (!status.ok()) return status;
  return field;
}

absl::StatusOr<Splices> SetCurrentInFlow(const YamlTree& tree, const YamlEdit& edit, const YamlField& field,
                                         const std::string& name) {
  const bool was_null = IsNull(*field.value);
  absl::StatusOr<Splices> splices = edit.ReplaceValue(tree.root(), field, name);
  if (splices.ok() && was_null) absl::StrAppend(&splices->front().text, kValueWasNull);
  return splices;
}

absl::StatusOr<Splices> RemoveCurrentInFlow(const YamlTree& tree, const YamlEdit& edit,
                                            const YamlField& field) {
  const absl::string_view mark = FlowMark(tree.text(), field.value->end);
  if (mark == kKeyWasAbsent) return edit.RemoveField(tree.root(), field, mark.size());
  if (mark == kValueWasNull) return Splices{{field.value->begin, field.value->end + mark.size(), "null"}};
  return edit.ReplaceValue(tree.root(), field, "");
}

}  // namespace

absl::StatusOr<Splices> SetEntry(const YamlTree& tree, KubeconfigList list, absl::string_view name,
                                 const ordered_json& content) {
  const absl::StatusOr<absl::optional<YamlField>> field = FindList(tree.root(), list);
  if (!field.ok()) return field.status();
  const YamlNode* item = field->has_value() ? FindItem(*(*field)->value, name) : nullptr;
  if (item != nullptr) return UpdateEntry(tree, *item, list, content);
  return AddEntry(tree, *field, list, name, content);
}

absl::StatusOr<Splices> RemoveEntry(const YamlTree& tree, KubeconfigList list, absl::string_view name) {
  const absl::StatusOr<absl::optional<YamlField>> field = FindList(tree.root(), list);
  if (!field.ok()) return field.status();
  const YamlNode& items = *(*field)->value;
  const YamlNode& item = *FindItem(items, name);
  absl::Status status = CheckNotReferred(tree.root(), item);
  if (!status.ok()) return status;
  const YamlEdit edit(tree);
  if (items.first->next != nullptr) return edit.RemoveItem(items, item);
  return items.style == YamlStyle::kFlow ? EmptyFlowList(tree, edit, **field)
                                         : EmptyBlockList(tree, edit, **field);
}

absl::StatusOr<Splices> SetCurrent(const YamlTree& tree, absl::string_view name) {
  const absl::StatusOr<absl::optional<YamlField>> found = FindCurrent(tree);
  if (!found.ok()) return found.status();
  const YamlEdit edit(tree);
  const std::string text(name);
  if (!found->has_value()) return edit.AddField(tree.root(), kCurrentContext, text, kKeyWasAbsent);
  const YamlField& field = **found;
  if (tree.root().style == YamlStyle::kFlow) return SetCurrentInFlow(tree, edit, field, text);
  if (HasPrevious(tree.text(), *field.value)) return edit.ReplaceValue(tree.root(), field, text);
  const absl::StatusOr<size_t> colon = edit.BehindColon(field);
  if (!colon.ok()) return colon.status();
  return Splices{PutBefore(*colon, RenderText(name, edit.layout()))};
}

absl::StatusOr<Splices> RemoveCurrent(const YamlTree& tree) {
  const absl::StatusOr<absl::optional<YamlField>> found = FindCurrent(tree);
  if (!found.ok()) return found.status();
  const YamlEdit edit(tree);
  const YamlField& field = **found;
  if (tree.root().style == YamlStyle::kFlow) return RemoveCurrentInFlow(tree, edit, field);
  const absl::StatusOr<size_t> colon = edit.BehindColon(field);
  if (!colon.ok()) return colon.status();
  const size_t end = field.value->end;
  if (HasPrevious(tree.text(), *field.value)) return Splices{TakeAway(*colon, end)};
  if (LineEnd(tree.text(), end) == end) return edit.RemoveField(tree.root(), field);
  return edit.ReplaceValue(tree.root(), field, "");
}

}  // namespace kubeconfig_writer
