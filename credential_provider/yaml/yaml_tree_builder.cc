#include "credential_provider/yaml/yaml_tree_builder.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_event_reader.h"

namespace credential_provider {
namespace {

// Aliases may make the tree this much larger than its text, which is well below where kubectl gives up.
constexpr size_t kMaxExpansion = 10;
constexpr size_t kFreeExpansion = 500;

constexpr uint32_t kMaxLine = (uint32_t{1} << 25) - 1;  // that fits its field; there are fewer bytes

absl::Status TooMuch(size_t line, absl::string_view reason) {
  return absl::ResourceExhaustedError(absl::StrCat("line ", line, ": ", reason));
}

absl::string_view View(const yaml_char_t* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

YamlStyle StyleOf(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return YamlStyle::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return YamlStyle::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE:
      return YamlStyle::kFolded;
    default:
      return YamlStyle::kPlain;
  }
}

}  // namespace

absl::Status YamlTreeBuilder::Build() {
  tree_.document_end_ = tree_.text_->size();
  YamlEventReader reader(values_.short_text());
  do {
    absl::Status status = reader.Next();
    if (status.ok()) status = Handle(reader.event());
    if (!status.ok()) return status;
  } while (reader.event().type != YAML_STREAM_END_EVENT);
  if (tree_.root_ == nullptr) {
    YamlNode& empty = tree_.nodes_.emplace_back(YamlKind::kScalar);
    empty.begin = empty.end = static_cast<uint32_t>(tree_.text_->size());
    empty.line = LineOfByte(*tree_.text_, tree_.text_->size()) & kMaxLine;
    tree_.root_ = &empty;
  }
  if (!values_.SawAll()) return absl::InternalError("a line that looked like a value is none");
  return CheckWeight(total_weight_);
}

// kubectl reads the first document alone. A line of "---" after it, as is between the files that somebody
// puts together, begins another one, without anything in it.
absl::Status YamlTreeBuilder::CheckNothing(const yaml_event_t& event) const {
  const auto& scalar = event.data.scalar;
  const bool nothing = event.type == YAML_DOCUMENT_START_EVENT || event.type == YAML_DOCUMENT_END_EVENT ||
                       event.type == YAML_STREAM_END_EVENT ||
                       (event.type == YAML_SCALAR_EVENT && scalar.length == 0 && scalar.anchor == nullptr &&
                        scalar.tag == nullptr && scalar.style == YAML_PLAIN_SCALAR_STYLE);
  return nothing ? absl::OkStatus() : YamlErrorAt(second_line_, kSecondDocument);
}

absl::Status YamlTreeBuilder::Handle(const yaml_event_t& event) {
  if (documents_ > 1) {
    absl::Status nothing = CheckNothing(event);
    if (!nothing.ok() || event.type == YAML_SCALAR_EVENT) return nothing;
  }
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return StartDocument(event);
    case YAML_DOCUMENT_END_EVENT:
      EndDocument(event);
      return absl::OkStatus();
    case YAML_ALIAS_EVENT:
      return AddAlias(event);
    case YAML_SCALAR_EVENT:
      return AddScalar(event);
    case YAML_SEQUENCE_START_EVENT: {
      const auto& start = event.data.sequence_start;
      const bool flow = start.style == YAML_FLOW_SEQUENCE_STYLE;
      return StartCollection(event, YamlKind::kSequence, start.anchor, start.tag, flow);
    }
    case YAML_MAPPING_START_EVENT: {
      const auto& start = event.data.mapping_start;
      const bool flow = start.style == YAML_FLOW_MAPPING_STYLE;
      return StartCollection(event, YamlKind::kMapping, start.anchor, start.tag, flow);
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      EndCollection(event);
      return absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

absl::Status YamlTreeBuilder::StartDocument(const yaml_event_t& event) {
  const size_t line = event.start_mark.line + 1;
  if (++documents_ == 2) {
    second_line_ = line;
    if (tree_.document_end_ == tree_.text_->size()) tree_.document_end_ = Byte(event.start_mark);
  }
  const yaml_version_directive_t* version = event.data.document_start.version_directive;
  if (version != nullptr && (version->major != 1 || version->minor != 1)) {
    return YamlErrorAt(line, "only YAML 1.1 is understood");
  }
  return absl::OkStatus();
}

void YamlTreeBuilder::EndDocument(const yaml_event_t& event) {
  if (documents_ == 1 && event.data.document_end.implicit == 0) tree_.document_end_ = Byte(event.start_mark);
}

absl::Status YamlTreeBuilder::AddAlias(const yaml_event_t& event) {
  absl::StatusOr<YamlNode*> node = Add(event, YamlKind::kAlias);
  if (!node.ok()) return node.status();
  const auto anchor = anchors_.find(View(event.data.alias.anchor));
  if (anchor == anchors_.end())
    return YamlErrorAt((*node)->line, "an alias to an anchor that is not defined above it");
  if (anchor->second.weight == 0) return YamlErrorAt((*node)->line, "an alias inside the node it stands for");
  (*node)->child_ = anchor->second.node;
  Weigh(anchor->second.weight);
  last_alias_line_ = (*node)->line;
  return CheckWeight(anchor->second.weight);
}

absl::Status YamlTreeBuilder::AddScalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  absl::StatusOr<YamlNode*> added = Add(event, YamlKind::kScalar, scalar.anchor, scalar.tag);
  if (!added.ok()) return added.status();
  YamlNode& node = **added;
  node.style = StyleOf(scalar.style);
  if (node.style != YamlStyle::kPlain && scalar.tag == nullptr && scalar.quoted_implicit == 0) {
    return YamlErrorAt(node.line, "the tag \"!\" on quoted text is not supported");
  }
  if (node.style == YamlStyle::kLiteral || node.style == YamlStyle::kFolded) {
    node.end = static_cast<uint32_t>(EndOfBlockScalar(node));
  }
  const absl::string_view value =
      Keep(absl::string_view(reinterpret_cast<const char*>(scalar.value), scalar.length), node);
  node.text_ = value.data();
  node.size_ = static_cast<uint32_t>(value.size());
  NoteAnchor(node, 1);
  Weigh(1);
  return absl::OkStatus();
}

absl::Status YamlTreeBuilder::StartCollection(const yaml_event_t& event, YamlKind kind,
                                              const yaml_char_t* anchor, const yaml_char_t* tag, bool flow) {
  absl::StatusOr<YamlNode*> node = Add(event, kind, anchor, tag);
  if (!node.ok()) return node.status();
  (*node)->style = flow ? YamlStyle::kFlow : YamlStyle::kBlock;
  NoteAnchor(**node, 0);
  if (open_.size() >= kMaxYamlDepth) {
    return TooMuch((*node)->line, absl::StrCat("nested deeper than ", kMaxYamlDepth, " levels"));
  }
  open_.push_back({*node, nullptr, 1});
  return absl::OkStatus();
}

void YamlTreeBuilder::EndCollection(const yaml_event_t& event) {
  const Open closed = open_.back();
  open_.pop_back();
  // libyaml ends a block collection where the next token begins; here it ends with its last item.
  if (closed.node->style == YamlStyle::kFlow) {
    closed.node->end = Byte(event.end_mark);
  } else if (closed.last != nullptr) {
    closed.node->end = closed.last->end;
  }
  const auto anchor = anchors_.find(AnchorOf(*closed.node));
  if (anchor != anchors_.end() && anchor->second.node == closed.node) anchor->second.weight = closed.weight;
  Weigh(closed.weight);
}

absl::StatusOr<YamlNode*> YamlTreeBuilder::Add(const yaml_event_t& event, YamlKind kind,
                                               const yaml_char_t* anchor, const yaml_char_t* tag) {
  const size_t line = event.start_mark.line + 1;
  if (CountNodes() >= kMaxYamlNodes) {
    return TooMuch(line, absl::StrCat("more than ", kMaxYamlNodes, " values"));
  }
  YamlNode* const node = Make(kind, anchor, tag);
  node->begin = Byte(event.start_mark);
  node->end = Byte(event.end_mark);
  node->line = line & kMaxLine;
  Link(node);
  return node;
}

YamlNode* YamlTreeBuilder::Make(YamlKind kind, const yaml_char_t* anchor, const yaml_char_t* tag) {
  if (anchor == nullptr && tag == nullptr) return &tree_.nodes_.emplace_back(kind);
  YamlNodeWithProperties& node = tree_.nodes_with_properties_.emplace_back(kind, true);
  node.own = {std::string(View(tag)), std::string(View(anchor))};
  return &node;
}

void YamlTreeBuilder::Link(YamlNode* node) {
  if (open_.empty()) {
    tree_.root_ = node;
    return;
  }
  Open& parent = open_.back();
  (parent.last == nullptr ? parent.node->child_ : parent.last->next) = node;
  parent.last = node;
}

// `weight` is 0 for a collection, whose anchor cannot be used before its end.
void YamlTreeBuilder::NoteAnchor(const YamlNode& node, size_t weight) {
  if (!AnchorOf(node).empty()) anchors_[AnchorOf(node)] = {&node, weight};
}

void YamlTreeBuilder::Weigh(size_t weight) {
  (open_.empty() ? total_weight_ : open_.back().weight) += weight;
}

absl::Status YamlTreeBuilder::CheckWeight(size_t weight) const {
  if (weight <= kMaxExpansion * CountNodes() + kFreeExpansion) return absl::OkStatus();
  return TooMuch(last_alias_line_, "aliases make the text many times larger");
}

// Returns `value` from the text itself where it is there unchanged, which saves a copy of most values.
absl::string_view YamlTreeBuilder::Keep(absl::string_view value, const YamlNode& node) {
  const absl::string_view source = absl::string_view(*tree_.text_).substr(node.begin, node.end - node.begin);
  const bool cut =
      node.style == YamlStyle::kPlain && values_.SawPlain(node.begin - begin_, node.end - begin_);
  if (cut || source == value) return source;
  if (source.size() == value.size() + 2 && source.substr(1, value.size()) == value)
    return source.substr(1, value.size());
  tree_.values_.emplace_back(value);
  return tree_.values_.back();
}

// libyaml ends a literal or folded scalar after the empty lines that follow it. They belong to its value
// only when it asks to keep them ("|+"); the last line break is never part of a node here.
size_t YamlTreeBuilder::EndOfBlockScalar(const YamlNode& node) const {
  const absl::string_view text = *tree_.text_;
  const absl::string_view header =
      text.substr(node.begin, text.find_first_of("\r\n", node.begin) - node.begin);
  const bool keep = absl::StrContains(header, '+');
  size_t end = node.end;
  while (end > node.begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
    const bool pair = text[end - 1] == '\n' && text[end - 2] == '\r';
    end -= pair ? 2 : 1;
    if (keep) break;
  }
  return end;
}

}  // namespace credential_provider
