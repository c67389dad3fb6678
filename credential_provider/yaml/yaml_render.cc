#include "credential_provider/yaml/yaml_render.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_text.h"

namespace credential_provider {
namespace {

using nlohmann::ordered_json;

std::string Spaces(size_t count) { return std::string(count, ' '); }

std::string RenderKey(const std::string& key, const YamlLayout& layout) {
  return layout.quote_keys || !IsPlainSafe(key) ? Quote(key, layout.quote) : key;
}

std::string RenderScalar(const ordered_json& value, const YamlLayout& layout) {
  return value.is_string() ? RenderText(value.get_ref<const std::string&>(), layout) : value.dump();
}

std::string RenderFlowScalar(const ordered_json& value, const YamlLayout& layout) {
  if (!value.is_string()) return value.dump();
  const std::string& text = value.get_ref<const std::string&>();
  return layout.quote_text || !IsPlainSafeInFlow(text) ? Quote(text, layout.quote) : text;
}

// Returns the opening bracket, the items with `between` from the second on, and the closing bracket.
template <typename RenderOne>
std::string Enclose(const ordered_json& value, absl::string_view open, absl::string_view between,
                    absl::string_view close, const YamlLayout& layout, const RenderOne& render) {
  std::string text(open);
  bool first = true;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (!first) absl::StrAppend(&text, between);
    first = false;
    if (value.is_object()) absl::StrAppend(&text, RenderFlowKey(item.key(), layout));
    absl::StrAppend(&text, render(*item));
  }
  return absl::StrCat(text, close);
}

}  // namespace

std::string RenderText(absl::string_view text, const YamlLayout& layout) {
  return layout.quote_text || !IsPlainSafe(text) ? Quote(text, layout.quote) : std::string(text);
}

std::string RenderFields(const ordered_json& object, size_t column, const YamlLayout& layout) {
  std::string lines;
  for (auto field = object.begin(); field != object.end(); ++field) {
    const ordered_json& value = field.value();
    absl::StrAppend(&lines, Spaces(column), RenderKey(field.key(), layout), ":");
    if (!value.is_structured()) {
      absl::StrAppend(&lines, " ", RenderScalar(value, layout), layout.newline);
    } else if (value.empty()) {
      absl::StrAppend(&lines, value.is_object() ? " {}" : " []", layout.newline);
    } else if (value.is_object()) {
      absl::StrAppend(&lines, layout.newline, RenderFields(value, column + layout.step, layout));
    } else {
      absl::StrAppend(&lines, layout.newline, RenderItems(value, column + layout.list_indent, layout));
    }
  }
  return lines;
}

std::string RenderItem(const ordered_json& object, size_t column, const YamlLayout& layout) {
  std::string lines = RenderFields(object, column + layout.item_indent, layout);
  if (!lines.empty()) lines[column] = '-';
  return lines;
}

std::string RenderItems(const ordered_json& list, size_t column, const YamlLayout& layout) {
  std::string lines;
  const std::string gap = Spaces(layout.item_indent - 1);
  for (const ordered_json& item : list) {
    if (item.is_object() && !item.empty()) {
      lines += RenderItem(item, column, layout);
    } else {
      const std::string text = item.is_structured() ? RenderFlow(item, layout) : RenderScalar(item, layout);
      absl::StrAppend(&lines, Spaces(column), "-", gap, text, layout.newline);
    }
  }
  return lines;
}

std::string RenderDocument(const ordered_json& value) {
  const YamlLayout layout;
  if (value.is_object() && !value.empty()) return RenderFields(value, 0, layout);
  if (value.is_array() && !value.empty()) return RenderItems(value, 0, layout);
  return absl::StrCat(RenderFlow(value, layout), layout.newline);
}

std::string RenderFlowKey(absl::string_view key, const YamlLayout& layout) {
  const bool quoted = layout.quote_keys || !IsPlainSafeInFlow(key);
  return absl::StrCat(quoted ? Quote(key, layout.quote) : std::string(key), layout.colon);
}

std::string RenderFlow(const ordered_json& value, const YamlLayout& layout) {
  if (!value.is_structured()) return RenderFlowScalar(value, layout);
  const auto render = [&layout](const ordered_json& item) { return RenderFlow(item, layout); };
  const bool object = value.is_object();
  return Enclose(value, object ? "{" : "[", layout.comma, object ? "}" : "]", layout, render);
}

std::string RenderFlowLines(const ordered_json& value, absl::string_view indent, const YamlLayout& layout) {
  if (!value.is_structured() || value.empty()) return RenderFlow(value, layout);
  const std::string deeper = absl::StrCat(indent, layout.flow_step);
  const auto render = [&](const ordered_json& item) { return RenderFlowLines(item, deeper, layout); };
  const std::string line = absl::StrCat(layout.newline, deeper);
  const bool object = value.is_object();
  return Enclose(value, absl::StrCat(object ? "{" : "[", line), absl::StrCat(",", line),
                 absl::StrCat(layout.newline, indent, object ? "}" : "]"), layout, render);
}

}  // namespace credential_provider
