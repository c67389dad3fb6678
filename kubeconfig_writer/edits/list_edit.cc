#include "kubeconfig_writer/edits/list_edit.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/yaml/previous_value.h"
#include "kubeconfig_writer/yaml/yaml_check.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;
using nlohmann::ordered_json;

// Returns the entry with its keys in the order of its neighbour.
ordered_json MakeItem(const YamlNode* neighbour, const KubeconfigEdit& edit) {
  const std::string key(EntryKey(edit.list));
  const bool name_last = neighbour != nullptr && neighbour->kind == YamlKind::kMapping &&
                         neighbour->first() != nullptr && neighbour->first()->value() == key;
  ordered_json item = ordered_json::object();
  if (name_last) item[key] = edit.value;
  item["name"] = edit.name;
  if (!name_last) item[key] = edit.value;
  return item;
}

absl::StatusOr<Splices> FillBlockList(const EditTarget& site, const YamlField& field, size_t colon,
                                      const ordered_json& item) {
  const YamlNode& value = *field.value;
  const bool beside = LineBegin(site.text(), colon) == LineBegin(site.text(), value.end);
  if (!beside && value.kind == YamlKind::kSequence) return site.yaml().AddItem(value, item);
  if (!beside) return site.yaml().ReplaceAndKeep(field, ordered_json::array({item}));
  absl::StatusOr<Splices> splices = site.yaml().AddFirstItem(field, item);
  if (splices.ok()) splices->insert(splices->begin(), CommentOutEmptyList(colon));
  return splices;
}

// Adds the first item to a list that is null, or is empty between brackets.
absl::StatusOr<Splices> FillList(const EditTarget& site, const YamlField& field, const ordered_json& item) {
  const absl::StatusOr<size_t> colon = site.yaml().BehindColon(field);
  if (!colon.ok()) return colon.status();
  if (site.root().style == YamlStyle::kBlock) return FillBlockList(site, field, *colon, item);
  if (field.value->kind == YamlKind::kSequence) return site.yaml().AddItem(*field.value, item);
  return site.yaml().ReplaceValue(site.root(), field, ordered_json::array({item}));
}

// Removes the only item of a list in flow style, and what PlanAdd wrote around it.
absl::StatusOr<PlannedEdit> EmptyFlowList(const EditTarget& site, const YamlField& field) {
  const YamlNode& list = *field.value;
  const bool in_flow = site.root().style == YamlStyle::kFlow;
  const absl::string_view mark = in_flow ? FlowMark(site.text(), list.end) : "";
  if (mark == kKeyWasAbsent)
    return Planned(site.yaml().RemoveField(site.root(), field, mark.size()), {}, {&list, &site.root()});
  const absl::optional<Splice> shown = in_flow ? RestoreNull(site.text(), list) : absl::nullopt;
  if (shown.has_value()) return PlannedEdit{{*shown}, {}, {&list}};
  return Planned(site.yaml().RemoveItem(list, *list.first()), {}, {&list});
}

// The same in block style. Unless the key's comment tells what was there, the key goes too; but not when
// somebody's comment stands with it.
absl::StatusOr<PlannedEdit> EmptyBlockList(const EditTarget& site, const YamlField& field) {
  const std::string& text = site.text();
  const YamlNode& list = *field.value;
  const absl::StatusOr<size_t> colon = site.yaml().BehindColon(field);
  if (!colon.ok()) return colon.status();
  const size_t dash = SkipToContent(text, *colon);
  const absl::string_view between = absl::string_view(text).substr(*colon, dash - *colon);
  const absl::optional<Splice> shown = ShowEmptyList(text, *colon);
  const bool kept = HasPrevious(text, *colon);
  const bool commented = !kept && between.find('#') != absl::string_view::npos;
  if (!shown.has_value() && !commented)
    return Planned(site.yaml().RemoveField(site.root(), field), {}, {&list, &site.root()});
  absl::StatusOr<Splices> splices = site.yaml().RemoveItem(list, *list.first());
  if (splices.ok()) splices->insert(splices->begin(), shown.value_or(Splice{*colon, *colon, " []"}));
  return Planned(std::move(splices), {}, {&list});
}

}  // namespace

absl::StatusOr<PlannedEdit> PlanAdd(const EditTarget& site, const KubeconfigEdit& edit) {
  const absl::StatusOr<absl::optional<YamlField>> field = site.FindList(edit.list);
  if (!field.ok()) return field.status();
  if (!field->has_value()) {
    const ordered_json items = ordered_json::array({MakeItem(nullptr, edit)});
    return Planned(site.yaml().AddField(site.root(), std::string(ListKey(edit.list)), items, kKeyWasAbsent),
                   {&site.root()}, {});
  }
  const std::vector<const YamlNode*>& items = site.entries().In(edit.list);
  const YamlNode& list = *(*field)->value;
  const ordered_json item = MakeItem(items.empty() ? nullptr : items.back(), edit);
  if (items.empty()) return Planned(FillList(site, **field, item), {}, {});
  return Planned(site.yaml().AddItem(list, item), {&list}, {});
}

absl::StatusOr<PlannedEdit> PlanRemove(const EditTarget& site, const KubeconfigEdit& edit) {
  const absl::StatusOr<absl::optional<YamlField>> field = site.FindList(edit.list);
  if (!field.ok()) return field.status();
  if (!*field) return absl::InternalError("no list to take an entry out of");
  const YamlNode& list = *(*field)->value;
  const YamlNode& item = *site.entries().Find(edit.list, edit.name);
  absl::Status status = site.CheckNotReferred(item);
  if (!status.ok()) return status;
  if (list.first()->next != nullptr) return Planned(site.yaml().RemoveItem(list, item), {}, {&list});
  return list.style == YamlStyle::kFlow ? EmptyFlowList(site, **field) : EmptyBlockList(site, **field);
}

}  // namespace kubeconfig_writer
