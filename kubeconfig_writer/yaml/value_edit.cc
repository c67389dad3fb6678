#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_render.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/yaml/previous_value.h"
#include "kubeconfig_writer/yaml/yaml_check.h"
#include "kubeconfig_writer/yaml/yaml_edit.h"
#include "kubeconfig_writer/yaml/yaml_shape.h"

// The part of YamlEdit that exchanges values, and gives back what it has exchanged.
namespace kubeconfig_writer {

using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;
using credential_provider::YamlType;

// By what is there and what is to be there:
//
//   in a block mapping, an empty list or null    ->  the same as a comment, and lines      ReplaceAndKeep
//   in a block mapping, lines below the key      ->  other lines, or a value beside the key    ReplaceLines
//   in a block mapping, a scalar beside the key  ->  lines below the key                       ReplaceByLines
//   all else: both are on the key's line, or in brackets  ->  the bytes of the value are exchanged
//
// The value of an alias is written elsewhere, and belongs to others too.
absl::StatusOr<Splices> YamlEdit::ReplaceValue(const Node& mapping, const Field& field,
                                               const Json& value) const {
  const YamlNode& old = *field.value;
  if (old.kind == YamlKind::kAlias) return RefuseAt(old, "an alias is here");
  const bool fills = value.is_array() && !value.empty() && IsEmptyOrNull(old);
  if (mapping.style == YamlStyle::kBlock && fills) return ReplaceAndKeep(field, value);
  if (mapping.style == YamlStyle::kBlock && old.style == YamlStyle::kBlock) return ReplaceLines(field, value);
  const bool lines_below = value.is_structured() && !value.empty();
  if (mapping.style == YamlStyle::kBlock && old.kind == YamlKind::kScalar && lines_below)
    return ReplaceByLines(field, value);
  const bool lines = old.first() == nullptr ? flow_lines_ : IsMultiLine(text_, old);
  const std::string rendered = value.is_string() ? RenderTextLike(old, value, mapping.style)
                                                 : RenderAsFlow(value, lines, IndentOf(text_, old.begin));
  const std::string mark = fills ? NullMark(text_.substr(old.begin, old.end - old.begin)) : "";
  return Splices{{old.begin, old.end, absl::StrCat(old.begin == old.end ? " " : "", rendered, mark)}};
}

absl::StatusOr<Splices> YamlEdit::ExchangeText(const Node& mapping, const Field& field,
                                               const Json& text) const {
  const YamlNode& old = *field.value;
  const bool texts = old.kind == YamlKind::kScalar && text.is_string();
  if (mapping.style == YamlStyle::kFlow || !texts) return ReplaceValue(mapping, field, text);
  if (absl::optional<Splices> given_back = GiveBackText(field, text)) return *std::move(given_back);
  const bool kept = HasPrevious(text_, old.end) || WouldComeBack(old, text);
  return kept ? ReplaceValue(mapping, field, text) : ReplaceAndKeep(field, text);
}

// Returns the reverse of ReplaceAndKeep when what was kept means `text`.
absl::optional<Splices> YamlEdit::GiveBackText(const Field& field, const Json& text) const {
  const size_t end = field.value->end;
  const absl::StatusOr<size_t> colon = BehindColon(field);
  if (!colon.ok() || !HasPrevious(text_, end)) return absl::nullopt;
  const absl::StatusOr<credential_provider::YamlTree> kept = PreviousValue(text_, end);
  if (!kept.ok() || credential_provider::TextOf(*kept->root().first()->next) != text.get<std::string>())
    return absl::nullopt;
  return RestoreFromComment(text_, *colon, end);
}

// True when `old` would get the same bytes again, if `text` took its place and then it the place of `text`.
bool YamlEdit::WouldComeBack(const Node& old, const Json& text) const {
  const std::string now = RenderTextLike(old, text, YamlStyle::kBlock);
  const bool quoted = absl::StrContains("'\"", now.substr(0, 1));
  const bool same_quotes = quoted ? text_[old.begin] == now[0] : old.style == YamlStyle::kPlain;
  return same_quotes && RenderTextLike(old, Json(std::string(old.value())), YamlStyle::kBlock) ==
                            text_.substr(old.begin, old.end - old.begin);
}

absl::StatusOr<Splices> YamlEdit::ReplaceAndKeep(const Field& field, const Json& value) const {
  const absl::StatusOr<size_t> colon = BehindColon(field);
  if (!colon.ok()) return colon.status();
  const ValuePlace place = {ColumnOf(text_, field.key->begin), *colon, field.value->end};
  const bool beside = value.is_string();
  Splices splices =
      KeepAsComment(text_, place, beside ? RenderText(value.get_ref<const std::string&>(), layout_) : "");
  if (!beside) splices.push_back(InsertLines(text_, place.end, place.column, RenderBelow(field, value)));
  return splices;
}

// Returns `text` for the place of `old`, in a mapping of `style`: with the quotes of the text that `old` is.
std::string YamlEdit::RenderTextLike(const Node& old, const Json& text, YamlStyle style) const {
  YamlLayout layout = layout_;
  const bool quoted = old.style == YamlStyle::kSingleQuoted || old.style == YamlStyle::kDoubleQuoted;
  const bool plain = old.style == YamlStyle::kPlain && TypeOf(old) == YamlType::kString;
  if (!old.value().empty() && (quoted || plain)) layout.quote_text = quoted;
  if (quoted) layout.quote = old.style == YamlStyle::kSingleQuoted ? '\'' : '"';
  return style == YamlStyle::kBlock ? RenderText(text.get_ref<const std::string&>(), layout)
                                    : RenderFlow(text, layout);
}

// Returns `value` as lines below the key of `field`, each with its line break.
std::string YamlEdit::RenderBelow(const Field& field, const Json& value) const {
  const size_t key = ColumnOf(text_, field.key->begin);
  const YamlNode& old = *field.value;
  const bool same_kind = old.style == YamlStyle::kBlock &&
                         old.kind == (value.is_object() ? YamlKind::kMapping : YamlKind::kSequence);
  const size_t column =
      same_kind ? ColumnOf(text_, old.begin) : key + (value.is_object() ? layout_.step : layout_.list_indent);
  return value.is_object() ? RenderFields(value, column, layout_) : RenderItems(value, column, layout_);
}

// Puts lines below the key instead of a scalar beside it.
absl::StatusOr<Splices> YamlEdit::ReplaceByLines(const Field& field, const Json& value) const {
  const YamlNode& old = *field.value;
  const absl::StatusOr<size_t> colon = BehindColon(field);
  if (!colon.ok()) return colon.status();
  if (!IsRestEmpty(text_, old.end)) return RefuseAt(old, "something follows the value");
  const size_t column = ColumnOf(text_, field.key->begin);
  return Splices{{*colon, old.end, ""}, InsertLines(text_, old.end, column, RenderBelow(field, value))};
}

// Replaces the lines below the key, by others or by a value beside it.
absl::StatusOr<Splices> YamlEdit::ReplaceLines(const Field& field, const Json& value) const {
  const YamlNode& old = *field.value;
  const absl::StatusOr<size_t> colon = BehindColon(field);
  if (!colon.ok()) return colon.status();
  if (old.properties() != nullptr || !IsFirstInLine(text_, old.begin))
    return RefuseAt(old, "this value cannot be replaced safely");
  if (value.is_structured() && !value.empty()) {
    std::string lines = RenderBelow(field, value);
    // The old value ends before its last line break, or at the end of a file without one: that break stays.
    lines.resize(lines.size() - layout_.newline.size());
    return Splices{{LineBegin(text_, old.begin), old.end, std::move(lines)}};
  }
  const std::string beside = value.is_string() ? RenderText(value.get_ref<const std::string&>(), layout_)
                                               : RenderFlow(value, layout_);
  // Two splices, for the comment that may be on the key's line between them.
  return Splices{{*colon, *colon, absl::StrCat(" ", beside)}, {LineEnd(text_, *colon), old.end, ""}};
}

// Returns the reverse of ReplaceValue for a list instead of an empty one.
absl::optional<Splices> YamlEdit::GiveBackEmpty(const Node& mapping, const Field& field) const {
  const YamlNode& list = *field.value;
  if (list.kind != YamlKind::kSequence || list.properties() != nullptr) return absl::nullopt;
  if (mapping.style == YamlStyle::kFlow) {
    const absl::optional<Splice> shown = RestoreNull(text_, list);
    return shown.has_value() ? absl::make_optional(Splices{*shown}) : absl::nullopt;
  }
  const absl::StatusOr<size_t> colon = BehindColon(field);
  if (!colon.ok() || list.style != YamlStyle::kBlock || !HasPrevious(text_, *colon)) return absl::nullopt;
  const absl::StatusOr<credential_provider::YamlTree> kept = PreviousValue(text_, *colon);
  if (!kept.ok() || !IsEmptyOrNull(*kept->root().first()->next)) return absl::nullopt;
  Splices splices = RestoreFromComment(text_, *colon, *colon);
  splices.push_back(RemoveLines(text_, list.begin, list.end));
  return splices;
}

}  // namespace kubeconfig_writer
