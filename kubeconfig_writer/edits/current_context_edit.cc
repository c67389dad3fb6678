#include "kubeconfig_writer/edits/current_context_edit.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_render.h"
#include "kubeconfig_writer/yaml/previous_value.h"
#include "kubeconfig_writer/yaml/yaml_check.h"
#include "kubeconfig_writer/yaml/yaml_shape.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;

constexpr char kCurrentContext[] = "current-context";

// Returns the field of the current context if the file has it and it can be changed. In block style any
// value can be put aside, if nothing refers to it; an alias is one like any other.
absl::StatusOr<absl::optional<YamlField>> FindCurrent(const EditTarget& site) {
  absl::Status status = CheckNotShared(site.root(), "the file");
  if (!status.ok()) return status;
  const absl::optional<YamlField> field = DirectField(site.root(), kCurrentContext);
  if (field.has_value()) {
    const bool alias = field->value->kind == YamlKind::kAlias;
    if (!alias) status = site.CheckNotReferred(*field->value);
    const bool flow = site.root().style == YamlStyle::kFlow;
    if (status.ok() && flow && !alias) status = CheckNotShared(*field->value, kCurrentContext);
  }
  if (!status.ok()) return status;
  return field;
}

// True when RemoveInFlow, which goes by the quotes of `value`, writes `spelling` without a mark.
bool ComesBackUnmarked(absl::string_view spelling, absl::string_view value) {
  return (spelling == "''" || spelling == "\"\"") && absl::StartsWith(value, spelling.substr(0, 1));
}

absl::StatusOr<Splices> SetInFlow(const EditTarget& site, const YamlField& field, const std::string& name) {
  const YamlNode& old = *field.value;
  absl::StatusOr<Splices> splices = site.yaml().ReplaceValue(site.root(), field, name);
  const absl::string_view spelling = absl::string_view(site.text()).substr(old.begin, old.end - old.begin);
  if (!splices.ok()) return splices.status();
  std::string& written = splices->front().text;
  const bool marked = !FlowMark(site.text(), old.end).empty();
  if (!marked && !ComesBackUnmarked(spelling, written)) absl::StrAppend(&written, NullMark(spelling));
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
  if (HasPrevious(site.text(), field.value->end))
    return Planned(site.yaml().ReplaceValue(site.root(), field, text), {}, {});
  return Planned(site.yaml().ReplaceAndKeep(field, text), {}, {});
}

absl::StatusOr<PlannedEdit> PlanUnuse(const EditTarget& site) {
  const absl::StatusOr<absl::optional<YamlField>> found = FindCurrent(site);
  if (!found.ok()) return found.status();
  if (!*found) return absl::InternalError("no current-context to take out");
  const YamlField& field = **found;
  if (site.root().style == YamlStyle::kFlow) return RemoveInFlow(site, field);
  const absl::StatusOr<size_t> colon = site.yaml().BehindColon(field);
  if (!colon.ok()) return colon.status();
  const size_t end = field.value->end;
  if (HasPrevious(site.text(), end)) return PlannedEdit{RestoreFromComment(site.text(), *colon, end), {}, {}};
  if (LineEnd(site.text(), end) == end)
    return Planned(site.yaml().RemoveField(site.root(), field), {}, {&site.root()});
  return Planned(site.yaml().ReplaceValue(site.root(), field, ""), {}, {});
}

}  // namespace kubeconfig_writer
