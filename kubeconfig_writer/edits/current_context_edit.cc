#include "kubeconfig_writer/edits/current_context_edit.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/yaml/previous_value.h"
#include "kubeconfig_writer/yaml/yaml_check.h"
#include "kubeconfig_writer/yaml/yaml_render.h"
#include "kubeconfig_writer/yaml/yaml_shape.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;

constexpr char kCurrentContext[] = "current-context";

bool IsOnOneLine(absl::string_view text, const YamlNode& node) {
  return LineBegin(text, node.begin) == LineBegin(text, node.end);
}

// Returns the field of the current context if the file has it and it can be changed. An alias is only a value
// here, which can be put aside like any other.
absl::StatusOr<absl::optional<YamlField>> FindCurrent(const EditTarget& site) {
  absl::Status status = CheckNotShared(site.root(), "the file");
  if (!status.ok()) return status;
  const absl::optional<YamlField> field = DirectField(site.root(), kCurrentContext);
  if (field.has_value()) {
    if (field->value->kind != YamlKind::kAlias) status = CheckNotShared(*field->value, kCurrentContext);
    if (status.ok() && !IsOnOneLine(site.text(), *field->value)) {
      status = RefuseAt(*field->value, "current-context is not on one line");
    }
  }
  if (!status.ok()) return status;
  return field;
}

absl::StatusOr<Splices> SetInFlow(const EditTarget& site, const YamlField& field, const std::string& name) {
  const YamlNode& old = *field.value;
  absl::StatusOr<Splices> splices = site.yaml().ReplaceValue(site.root(), field, name);
  const absl::string_view spelling = absl::string_view(site.text()).substr(old.begin, old.end - old.begin);
  const bool usual =
      spelling == RenderFlow("", site.yaml().layout());  // what RemoveInFlow writes without a mark
  const bool marked = !FlowMark(site.text(), old.end).empty();
  if (splices.ok() && !usual && !marked) absl::StrAppend(&splices->front().text, NullMark(spelling));
  return splices;
}

absl::StatusOr<PlannedEdit> RemoveInFlow(const EditTarget& site, const YamlField& field) {
  const YamlNode& value = *field.value;
  const absl::string_view mark = FlowMark(site.text(), value.end);
  if (mark == kKeyWasAbsent)
    return Planned(site.yaml().RemoveField(site.root(), field, mark.size()), {}, {&site.root()});
  if (absl::optional<Splice> shown = RestoreNull(site.text(), value)) return PlannedEdit{{*shown}, {}, {}};
  return Planned(site.yaml().ReplaceValue(site.root(), field, ""), {}, {});
}

}  // namespace

absl::StatusOr<PlannedEdit> PlanUse(const EditTarget& site, absl::string_view name) {
  const absl::StatusOr<absl::optional<YamlField>> found = FindCurrent(site);
  if (!found.ok()) return found.status();
  const std::string text(name);
  if (!found->has_value()) {
    return Planned(site.yaml().AddField(site.root(), kCurrentContext, text, kKeyWasAbsent), {&site.root()},
                   {});
  }
  const YamlField& field = **found;
  if (site.root().style == YamlStyle::kFlow) return Planned(SetInFlow(site, field, text), {}, {});
  if (HasPrevious(site.text(), *field.value))
    return Planned(site.yaml().ReplaceValue(site.root(), field, text), {}, {});
  const absl::StatusOr<size_t> colon = site.yaml().BehindColon(field);
  if (!colon.ok()) return colon.status();
  return PlannedEdit{{KeepAsComment(*colon, RenderText(name, site.yaml().layout()))}, {}, {}};
}

absl::StatusOr<PlannedEdit> PlanUnuse(const EditTarget& site) {
  const absl::StatusOr<absl::optional<YamlField>> found = FindCurrent(site);
  if (!found.ok()) return found.status();
  const YamlField& field = **found;
  if (site.root().style == YamlStyle::kFlow) return RemoveInFlow(site, field);
  const absl::StatusOr<size_t> colon = site.yaml().BehindColon(field);
  if (!colon.ok()) return colon.status();
  const size_t end = field.value->end;
  if (HasPrevious(site.text(), *field.value)) return PlannedEdit{{RestoreFromComment(*colon, end)}, {}, {}};
  if (LineEnd(site.text(), end) == end)
    return Planned(site.yaml().RemoveField(site.root(), field), {}, {&site.root()});
  return Planned(site.yaml().ReplaceValue(site.root(), field, ""), {}, {});
}

}  // namespace kubeconfig_writer
