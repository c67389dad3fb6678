#include "kubeconfig_writer/yaml/yaml_edit.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_render.h"
#include "kubeconfig_writer/yaml/previous_value.h"
#include "kubeconfig_writer/yaml/yaml_check.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlKind;
using credential_provider::YamlNode;
using credential_provider::YamlStyle;

// Block style is edited by whole lines, flow style by bytes between its brackets. Whole lines, because the
// indent of a line decides what it belongs to: text put into the middle of one could give the rest of it to
// another parent. So what shares a line with the edit is refused instead of guessed at. And a removal takes
// exactly the bytes that an addition at this place would have written, never more: this is how uninstall
// gives back the file of before without a copy of it.

const YamlNode* LastChild(const YamlNode& collection) {
  const YamlNode* last = collection.first();
  while (last != nullptr && last->next != nullptr) last = last->next;
  return last;
}

const YamlNode* ChildBefore(const YamlNode& collection, const YamlNode& child) {
  const YamlNode* before = nullptr;
  for (const YamlNode* node = collection.first(); node != &child; node = node->next) before = node;
  return before;
}

const YamlNode& LastLeaf(const YamlNode& node) {
  const YamlNode* last = LastChild(node);
  return last == nullptr || node.kind == YamlKind::kAlias ? node : LastLeaf(*last);
}

// Returns OK when lines can be added below `node`, the last one of a block list or mapping.
absl::Status CheckRoomBelow(absl::string_view text, const YamlNode& node) {
  if (!IsRestEmpty(text, node.end)) return RefuseAt(node, "something follows this value");
  const YamlNode& leaf = LastLeaf(node);
  const bool block = leaf.style == YamlStyle::kLiteral || leaf.style == YamlStyle::kFolded;
  if (!block || LineEnd(text, leaf.end) < text.size()) return absl::OkStatus();
  return RefuseAt(leaf,
                  "a block of text ends the file without a line break, which belongs to its value; add one");
}

// "? key" is another way to write a key; there the column of the key is not that of its mapping.
bool BeginsWithQuestionMark(absl::string_view text, const YamlNode& key) {
  const size_t begin = LineBegin(text, key.begin);
  return absl::StrContains(text.substr(begin, key.begin - begin), '?');
}

}  // namespace

YamlEdit::YamlEdit(const credential_provider::YamlTree& tree)
    : text_(tree.text()),
      layout_(LayoutOf(tree)),
      flow_lines_(tree.root().style == YamlStyle::kFlow && IsMultiLine(tree.text(), tree.root())),
      root_(tree.root()) {}

absl::StatusOr<size_t> YamlEdit::BehindColon(const Field& field) const {
  const size_t colon = SkipToContent(text_, field.key->end);
  const bool near = LineBegin(text_, colon) == LineBegin(text_, field.key->end);
  if (near && colon < text_.size() && text_[colon] == ':') return colon + 1;
  return RefuseAt(*field.key, "a key without its colon on the same line");
}

// A node begins after its dash, so the dash is looked for from the end of the item before; only comments and
// blank lines can be between. An anchor or tag on the list may be on the line of the first dash, and would go
// with it.
absl::StatusOr<size_t> YamlEdit::DashOf(const Node& list, const Node& item) const {
  const YamlNode* before = ChildBefore(list, item);
  const size_t dash = SkipToContent(text_, before == nullptr ? list.begin : before->end);
  const bool found = dash < text_.size() && text_[dash] == '-' && IsFirstInLine(text_, dash);
  if (!found || list.properties() != nullptr) return RefuseAt(item, "an entry that does not begin its line");
  return dash;
}

absl::StatusOr<Splices> YamlEdit::AddItem(const Node& list, const Json& item) const {
  if (list.style == YamlStyle::kFlow) return AddToFlow(list, "", item, "");
  const absl::StatusOr<size_t> dash = DashOf(list, *list.first());
  if (!dash.ok()) return dash.status();
  const YamlNode& last = *LastChild(list);
  absl::Status room = CheckRoomBelow(text_, last);
  if (!room.ok()) return room;
  // In the column of the first dash, not where this program would put one: YAML wants one column in a list.
  const size_t column = ColumnOf(text_, *dash);
  const std::string indent(column, ' ');
  const bool flow = last.kind == YamlKind::kMapping && last.style == YamlStyle::kFlow;
  const std::string lines = flow ? absl::StrCat(indent, "- ", RenderFlow(item, layout_), layout_.newline)
                                 : RenderItem(item, column, layout_);
  return Splices{InsertLines(text_, list.end, column, lines)};
}

absl::StatusOr<Splices> YamlEdit::AddFirstItem(const Field& field, const Json& item) const {
  const size_t column = ColumnOf(text_, field.key->begin);
  const std::string lines = RenderItem(item, column + layout_.list_indent, layout_);
  return Splices{InsertLines(text_, field.value->end, column, lines)};
}

absl::StatusOr<Splices> YamlEdit::RemoveItem(const Node& list, const Node& item) const {
  if (list.style == YamlStyle::kFlow) return RemoveFromFlow(list, item, item, 0);
  const absl::StatusOr<size_t> dash = DashOf(list, item);
  if (!dash.ok()) return dash.status();
  if (!IsRestEmpty(text_, item.end)) return RefuseAt(item, "something follows the entry");
  return Splices{RemoveLines(text_, *dash, item.end)};
}

absl::StatusOr<Splices> YamlEdit::ReplaceFront(const Node& list, const Node& kept, const Json& items) const {
  if (list.style == YamlStyle::kFlow) return ReplaceFrontInFlow(list, kept, items);
  for (const YamlNode* item : {list.first(), &kept}) {
    const absl::StatusOr<size_t> dash = DashOf(list, *item);
    if (!dash.ok()) return dash.status();
  }
  const size_t dash = *DashOf(list, *list.first());
  const size_t begin = LineBegin(text_, dash);
  const YamlNode* last = ChildBefore(list, kept);
  const size_t end = last == nullptr ? begin : NextLine(text_, last->end);
  return Splices{{begin, end, RenderItems(items, ColumnOf(text_, dash), layout_)}};
}

Splices YamlEdit::ReplaceFrontInFlow(const Node& list, const Node& kept, const Json& items) const {
  const absl::string_view indent = IndentOf(text_, list.first()->begin);
  const std::string between =
      IsMultiLine(text_, list) ? absl::StrCat(",", layout_.newline, indent) : layout_.comma;
  std::string front;
  for (const Json& item : items) absl::StrAppend(&front, RenderFlow(item, layout_), between);
  return {{list.first()->begin, kept.begin, std::move(front)}};
}

absl::StatusOr<Splices> YamlEdit::AddField(const Node& mapping, const std::string& key, const Json& value,
                                           absl::string_view after) const {
  if (mapping.style == YamlStyle::kFlow) return AddToFlow(mapping, key, value, after);
  absl::Status room = CheckRoomBelow(text_, *LastChild(mapping));
  if (!room.ok()) return room;
  if (BeginsWithQuestionMark(text_, *mapping.first()))
    return RefuseAt(*mapping.first(), "a key after a question mark");
  const size_t column = ColumnOf(text_, mapping.first()->begin);
  return Splices{InsertLines(text_, mapping.end, column, RenderFields({{key, value}}, column, layout_))};
}

absl::StatusOr<Splices> YamlEdit::RemoveField(const Node& mapping, const Field& field,
                                              size_t after_size) const {
  if (absl::optional<Splices> given_back = GiveBackEmpty(mapping, field)) return *std::move(given_back);
  if (mapping.style == YamlStyle::kFlow) return RemoveFromFlow(mapping, *field.key, *field.value, after_size);
  if (!IsFirstInLine(text_, field.key->begin) || !IsRestEmpty(text_, field.value->end)) {
    return RefuseAt(*field.key, "something else is on the line of this key");
  }
  return Splices{RemoveLines(text_, field.key->begin, field.value->end)};
}

// The blanks after a value that tell what was there before (previous_value.h) belong to the value.
size_t YamlEdit::EndWithMark(const Node& node) const { return node.end + FlowMark(text_, node.end).size(); }

bool YamlEdit::WantsLines(const Node& collection) const {
  bool lines = IsMultiLine(text_, collection);
  for (const YamlNode* child = collection.first(); child != nullptr; child = child->next) {
    if (child->style == YamlStyle::kFlow && child->first() != nullptr) lines = IsMultiLine(text_, *child);
  }
  return lines;
}

std::string YamlEdit::RenderAsFlow(const Json& value, bool lines, absl::string_view indent) const {
  return lines ? RenderFlowLines(value, indent, layout_) : RenderFlow(value, layout_);
}

// The indent of the line that closes `collection`, a list at the top or the root, when its first item gets
// lines. What is in front on its own line may change with other edits, the first key does not.
absl::string_view YamlEdit::ClosingIndent(const Node& collection) const {
  const YamlNode* first = root_.first();
  return IndentOf(text_, &collection == &root_ || first == nullptr ? root_.begin : first->begin);
}

// `key` is "" in a list. The comma is written in front of what is added, next to the item before: a comma at
// the end, which YAML allows and JSON does not, stays the last one where there was one.
Splices YamlEdit::AddToFlow(const Node& collection, absl::string_view key, const Json& value,
                            absl::string_view after) const {
  const std::string name = key.empty() ? "" : RenderFlowKey(key, layout_);
  if (const YamlNode* last = LastChild(collection)) {
    const bool own_line = IsMultiLine(text_, collection);
    const absl::string_view indent = IndentOf(text_, collection.first()->begin);
    const std::string before = own_line ? absl::StrCat(",", layout_.newline, indent) : layout_.comma;
    const std::string item = RenderAsFlow(value, WantsLines(collection), indent);
    const size_t at = EndWithMark(*last);
    return {{at, at, absl::StrCat(before, name, item, after)}};
  }
  const size_t inside = collection.begin + 1;
  if (!flow_lines_) return {{inside, inside, absl::StrCat(name, RenderFlow(value, layout_), after)}};
  const absl::string_view outer = ClosingIndent(collection);
  const std::string indent = absl::StrCat(outer, layout_.flow_step);
  const std::string item = absl::StrCat(name, RenderFlowLines(value, indent, layout_), after);
  return {{inside, inside, absl::StrCat(layout_.newline, indent, item, layout_.newline, outer)}};
}

// Returns the splice that leaves `collection` empty, as it was before AddToFlow. What is in it ends at `end`.
Splice YamlEdit::RemoveOnlyFromFlow(const Node& collection, size_t end) const {
  const size_t next = SkipToContent(text_, end);
  if (text_[next] == ',') end = next + 1;
  if (IsMultiLine(text_, collection)) {
    const std::string closing = absl::StrCat(layout_.newline, ClosingIndent(collection));
    if (absl::StartsWith(text_.substr(end), closing)) end += closing.size();
  }
  return {size_t{collection.begin} + 1, end, ""};
}

// One comma goes too: that in front, which AddToFlow wrote, or of the first item the one after it. A comment
// in the gap that goes would be lost, and one that stays could swallow what comes after it.
absl::StatusOr<Splices> YamlEdit::RemoveFromFlow(const Node& collection, const Node& first, const Node& last,
                                                 size_t after_size) const {
  const YamlNode* before = ChildBefore(collection, first);
  const size_t end = last.end + after_size;
  Splice splice = {first.begin, end, ""};
  if (before != nullptr) {
    splice.begin = EndWithMark(*before);
  } else if (last.next != nullptr) {
    splice.end = last.next->begin;
  } else {
    splice = RemoveOnlyFromFlow(collection, end);
  }
  const absl::string_view gaps[] = {text_.substr(splice.begin, first.begin - splice.begin),
                                    text_.substr(last.end, splice.end - last.end)};
  if (absl::StrContains(gaps[0], '#') || absl::StrContains(gaps[1], '#')) {
    return RefuseAt(first, "a comment is beside the entry, within brackets");
  }
  return Splices{splice};
}

}  // namespace kubeconfig_writer
