#include "kubeconfig_writer/yaml/yaml_layout.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FieldsOf;
using credential_provider::ItemsOf;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;
using credential_provider::YamlType;

struct QuoteCount {
  size_t plain = 0;
  size_t single = 0;
  size_t twice = 0;

  void Add(YamlStyle style) {
    if (style == YamlStyle::kPlain) ++plain;
    if (style == YamlStyle::kSingleQuoted) ++single;
    if (style == YamlStyle::kDoubleQuoted) ++twice;
  }
  bool MostlyQuoted() const { return single + twice > plain; }
};

// So many values show the habits of a file.
constexpr size_t kEnough = 5000;

// Walks a file and remembers the first example of each habit.
class LayoutFinder {
 public:
  explicit LayoutFinder(absl::string_view text) : text_(text) {}

  void Visit(const YamlNode& node);
  YamlLayout Result() const;

 private:
  void VisitScalar(const YamlNode& scalar);
  void VisitSequence(const YamlNode& sequence);
  void VisitField(const YamlNode& mapping, const YamlField& field);
  void VisitFlow(const YamlNode& collection);

  absl::string_view text_;
  size_t visited_ = 0;
  absl::optional<size_t> list_indent_;
  absl::optional<size_t> item_indent_;
  absl::optional<size_t> step_;
  absl::optional<std::string> comma_;
  absl::optional<std::string> colon_;
  absl::optional<std::string> flow_step_;
  QuoteCount texts_;
  QuoteCount keys_;
};

template <typename T>
void SetOnce(absl::optional<T>* habit, T value) {
  if (!habit->has_value()) *habit = std::move(value);
}

void LayoutFinder::Visit(const YamlNode& node) {
  if (++visited_ > kEnough) return;
  if (node.kind == YamlKind::kScalar) VisitScalar(node);
  if (node.kind == YamlKind::kSequence) VisitSequence(node);
  if (node.style == YamlStyle::kFlow) VisitFlow(node);
  for (const YamlField& field : FieldsOf(node)) VisitField(node, field);
}

void LayoutFinder::VisitScalar(const YamlNode& scalar) {
  if (TypeOf(scalar) == YamlType::kString) texts_.Add(scalar.style);
}

void LayoutFinder::VisitSequence(const YamlNode& sequence) {
  const YamlNode* first = sequence.first();
  const bool block =
      sequence.style == YamlStyle::kBlock && sequence.properties() == nullptr && first != nullptr;
  if (block && first->begin >= sequence.begin + 2 && first->line == sequence.line) {
    SetOnce(&item_indent_, size_t{first->begin} - sequence.begin);
  }
  for (const YamlNode* item : ItemsOf(sequence)) Visit(*item);
}

void LayoutFinder::VisitField(const YamlNode& mapping, const YamlField& field) {
  keys_.Add(field.key->style);
  const size_t key = ColumnOf(text_, field.key->begin);
  const size_t value = ColumnOf(text_, field.value->begin);
  if (field.value->style == YamlStyle::kBlock && field.value->properties() == nullptr && value >= key) {
    if (field.value->kind == YamlKind::kSequence) SetOnce(&list_indent_, value - key);
    if (field.value->kind == YamlKind::kMapping && value > key) SetOnce(&step_, value - key);
  }
  if (mapping.style == YamlStyle::kFlow && field.value->line == field.key->line) {
    SetOnce(&colon_, std::string(text_.substr(field.key->end, field.value->begin - field.key->end)));
  }
  Visit(*field.value);
}

// Takes the comma between the first two items, or the indentation of the first item.
void LayoutFinder::VisitFlow(const YamlNode& collection) {
  if (collection.first() == nullptr) return;
  if (IsMultiLine(text_, collection)) {
    absl::string_view indent = IndentOf(text_, collection.first()->begin);
    const bool deeper = absl::ConsumePrefix(&indent, IndentOf(text_, collection.begin)) && !indent.empty();
    if (deeper) SetOnce(&flow_step_, std::string(indent));
    return;
  }
  const YamlNode* last = collection.first();
  if (collection.kind == YamlKind::kMapping) last = last->next;
  if (last->next == nullptr || last->next->line != last->line) return;
  SetOnce(&comma_, std::string(text_.substr(last->end, last->next->begin - last->end)));
}

YamlLayout LayoutFinder::Result() const {
  YamlLayout layout;
  layout.newline = std::string(NewlineOf(text_));
  layout.list_indent = list_indent_.value_or(layout.list_indent);
  layout.item_indent = item_indent_.value_or(layout.item_indent);
  layout.step = step_.value_or(layout.step);
  layout.flow_step = flow_step_.value_or(layout.flow_step);
  layout.quote = texts_.single > texts_.twice ? '\'' : '"';
  layout.quote_text = texts_.MostlyQuoted();
  layout.quote_keys = keys_.MostlyQuoted();
  if (comma_ == ",") layout.comma = ",";
  const bool tells = colon_.has_value() && absl::StripAsciiWhitespace(*colon_) == ":";
  if (tells && (colon_ != ":" || layout.quote_keys)) layout.colon = *colon_;
  // {"a":1} has no second key to show a comma; who saves the blank there saves it here.
  if (!comma_.has_value() && layout.colon == ":") layout.comma = ",";
  return layout;
}

}  // namespace

YamlLayout LayoutOf(const credential_provider::YamlTree& tree) {
  LayoutFinder finder(tree.text());
  finder.Visit(tree.root());
  YamlLayout layout = finder.Result();
  const YamlNode* key = tree.root().style == YamlStyle::kFlow ? tree.root().first() : nullptr;
  if (key != nullptr && key->style == YamlStyle::kDoubleQuoted) {  // JSON
    layout.quote = '"';
    layout.quote_text = layout.quote_keys = true;
  }
  return layout;
}

bool IsMultiLine(absl::string_view text, const YamlNode& collection) {
  return collection.first() != nullptr &&
         LineBegin(text, collection.first()->begin) != LineBegin(text, collection.begin);
}

}  // namespace kubeconfig_writer
