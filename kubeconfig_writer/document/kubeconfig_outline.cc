#include "kubeconfig_writer/document/kubeconfig_outline.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/types/span.h"
#include "credential_provider/yaml/base64_digits.h"
#include "credential_provider/yaml/yaml_scalar.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlType;

// A text of so many bytes has no more nodes than a parser takes.
constexpr size_t kMaxBytes = credential_provider::kMaxYamlNodes;

enum class Shape { kText, kBool, kBase64, kTexts, kObjects, kObject };

// A field as programs write it. What is not in a table is left to the parser.
struct Rule {
  absl::string_view key;
  Shape shape;
  absl::Span<const Rule> fields = {};
};

constexpr Rule kCluster[] = {
    {"certificate-authority-data", Shape::kBase64},
    {"server", Shape::kText},
    {"insecure-skip-tls-verify", Shape::kBool},
    {"tls-server-name", Shape::kText},
    {"proxy-url", Shape::kText},
    {"certificate-authority", Shape::kText},
    {"disable-compression", Shape::kBool},
};
constexpr Rule kVariable[] = {{"name", Shape::kText}, {"value", Shape::kText}};
constexpr Rule kExec[] = {
    {"apiVersion", Shape::kText},         {"args", Shape::kTexts},       {"command", Shape::kText},
    {"env", Shape::kObjects, kVariable},  {"installHint", Shape::kText}, {"interactiveMode", Shape::kText},
    {"provideClusterInfo", Shape::kBool},
};
constexpr Rule kUser[] = {
    {"exec", Shape::kObject, kExec},      {"client-certificate-data", Shape::kBase64},
    {"client-key-data", Shape::kBase64},  {"token", Shape::kText},
    {"client-certificate", Shape::kText}, {"client-key", Shape::kText},
    {"tokenFile", Shape::kText},          {"username", Shape::kText},
    {"password", Shape::kText},
};
constexpr Rule kContext[] = {{"cluster", Shape::kText}, {"namespace", Shape::kText}, {"user", Shape::kText}};

constexpr Rule kNamedCluster[] = {{"name", Shape::kText}, {"cluster", Shape::kObject, kCluster}};
constexpr Rule kNamedUser[] = {{"name", Shape::kText}, {"user", Shape::kObject, kUser}};
constexpr Rule kNamedContext[] = {{"name", Shape::kText}, {"context", Shape::kObject, kContext}};

struct ListRule {
  absl::string_view key;
  char list;
  absl::Span<const Rule> fields;
};
constexpr ListRule kLists[] = {
    {"clusters", 'l', kNamedCluster}, {"contexts", 'c', kNamedContext}, {"users", 'u', kNamedUser}};

// True when all of `text` is what no parser takes for more than a character: of ASCII what can be seen, and
// ideographs, which are in the names of clusters.
bool HasOnlyCommonCharacters(absl::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  size_t i = 0;
  while (i < text.size()) {
    // Eight at once: none of them below a blank, DEL, or above.
    uint64_t word;
    if (i + sizeof(word) <= text.size()) {
      std::memcpy(&word, text.data() + i, sizeof(word));
      const uint64_t low = word - kOnes * 0x20, del = word + kOnes;
      if (((low | del | word) & kHighs) == 0) {
        i += sizeof(word);
        continue;
      }
    }
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c >= ' ' && c < 0x7f) || c == '\n') {
      ++i;
      continue;
    }
    const auto follows = [&](size_t at) {
      return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
    };
    if (c < 0xe4 || c > 0xe9 || !follows(i + 1) || !follows(i + 2)) return false;
    i += 3;
  }
  return true;
}

struct Line {
  size_t begin = 0;           // of the line, in the text
  size_t indent = 0;          // of `content`
  absl::string_view content;  // without blanks around it
};

bool IsItem(const Line& line) { return absl::StartsWith(line.content, "- "); }

// A value that is over.
struct Scalar {
  absl::string_view value;  // of one line, without its quotes
  YamlType type = YamlType::kNull;
  bool is_long = false;  // goes over several lines, and `value` is not all of it
};

}  // namespace

// Every function but those that only look returns false where the outline ends to be certain.
class OutlineReader {
 public:
  OutlineReader(absl::string_view text, KubeconfigOutline* outline) : text_(text), outline_(outline) {}

  bool Read();

 private:
  using Fields = absl::Span<const Rule>;

  // Makes the next line with something in it the current one.
  void Advance();
  bool AtEnd() const { return at_end_; }

  bool ReadTopField();
  bool ReadList(const ListRule& rule);
  bool ReadItem(size_t indent, const ListRule& rule);
  bool ReadMapping(Fields fields);
  bool ReadValue(const Rule& rule, size_t indent, absl::string_view value);
  bool ReadNested(const Rule& rule, size_t indent);
  bool ReadSequence(const Rule& rule, size_t parent);
  bool ReadScalar(const Rule& rule, size_t parent, absl::string_view value);
  bool TakeScalar(absl::string_view value, size_t parent, Scalar* scalar);
  bool TakePlain(absl::string_view value, size_t parent, Scalar* scalar);
  bool TakeQuoted(absl::string_view value, size_t parent, Scalar* scalar);
  bool Keep(const Rule& rule, const Scalar& scalar);
  void EnterItem();

  const absl::string_view text_;
  KubeconfigOutline* const outline_;
  Line line_;
  size_t next_ = 0;  // where the line after the current one begins
  bool at_end_ = false;
  KubeconfigOutline::Item* item_ = nullptr;  // the one that is being read
  absl::flat_hash_set<absl::string_view> top_keys_;
};

namespace {

// Whether a plain text is more than one. Nearly all, and all that are long, have no blank.
bool IsCut(absl::string_view plain) {
  if (plain.back() == ':') return true;
  if (plain.find(' ') == absl::string_view::npos) return false;
  return absl::StrContains(plain, ": ") || absl::StrContains(plain, " #");
}

// Where a comment begins behind a plain text; npos for none.
size_t FindComment(absl::string_view value) {
  return value.find(' ') == absl::string_view::npos ? absl::string_view::npos : value.find(" #");
}

// Splits "key: value" and "key:", with a comment for value too; false for anything else.
bool SplitField(absl::string_view content, absl::string_view* key, absl::string_view* value) {
  const size_t colon = content.find(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  *key = content.substr(0, colon);
  *value = content.substr(colon + 1);
  if (value->empty()) return true;
  if (value->front() != ' ') return false;
  value->remove_prefix(value->find_first_not_of(' '));
  if (value->front() == '#') *value = "";
  return true;
}

bool CanBeginPlain(absl::string_view value) {
  const char first = value[0];
  if (first == '-') return value.size() > 1 && value[1] != ' ';
  return absl::ascii_isalnum(static_cast<unsigned char>(first)) || absl::StrContains("/._~+=", first) ||
         (first & 0x80) != 0;
}

bool IsBase64Text(const Scalar& scalar) {
  absl::string_view rest = scalar.value;
  const size_t digits = credential_provider::CountBase64Digits(rest);
  rest.remove_prefix(digits);
  const size_t padding = rest.size();
  return padding <= 2 && rest == absl::string_view("==").substr(0, padding) && (digits + padding) % 4 == 0;
}

bool Fits(Shape shape, const Scalar& scalar) {
  if (scalar.type == YamlType::kNull) return true;
  if (shape == Shape::kBool) return scalar.type == YamlType::kBool;
  if (scalar.type != YamlType::kString) return false;
  return shape == Shape::kText || (shape == Shape::kBase64 && !scalar.is_long && IsBase64Text(scalar));
}

}  // namespace

void OutlineReader::Advance() {
  while (next_ < text_.size()) {
    const size_t begin = next_;
    const void* const found = std::memchr(text_.data() + begin, '\n', text_.size() - begin);
    const size_t end =
        found == nullptr ? text_.size() : static_cast<size_t>(static_cast<const char*>(found) - text_.data());
    next_ = std::min(end + 1, text_.size());
    absl::string_view content = text_.substr(begin, end - begin);
    const size_t indent = std::min(content.find_first_not_of(' '), content.size());
    content.remove_prefix(indent);
    if (content.empty() || content[0] == '#') continue;
    while (content.back() == ' ') content.remove_suffix(1);
    line_ = {begin, indent, content};
    return;
  }
  line_ = {text_.size(), 0, ""};
  at_end_ = true;
}

bool OutlineReader::Read() {
  if (text_.size() > kMaxBytes || !HasOnlyCommonCharacters(text_)) return false;
  Advance();
  while (!AtEnd()) {
    if (!ReadTopField()) return false;
  }
  return true;
}

bool OutlineReader::ReadTopField() {
  absl::string_view key, value;
  if (line_.indent != 0 || !SplitField(line_.content, &key, &value)) return false;
  if (!top_keys_.insert(key).second) return false;
  for (const ListRule& list : kLists) {
    if (key != list.key) continue;
    if (value.empty()) return ReadList(list);
    if (value != "[]" && value != "null") return false;
    Advance();
    return AtEnd() || line_.indent == 0;
  }
  if (key == "preferences" && (value == "{}" || value.empty())) {
    Advance();
    return AtEnd() || (line_.indent == 0 && !IsItem(line_));
  }
  Scalar scalar;
  if (value.empty() || !TakeScalar(value, 0, &scalar) || scalar.is_long) return false;
  if (!Fits(Shape::kText, scalar)) return false;
  const absl::string_view text = scalar.type == YamlType::kNull ? "" : scalar.value;
  if (key == "apiVersion") return text.empty() || text == "v1";
  if (key == "kind") return text.empty() || text == "Config";
  if (key != "current-context") return false;
  outline_->current_context_ = std::string(text);
  return true;
}

bool OutlineReader::ReadList(const ListRule& rule) {
  Advance();
  const size_t indent = line_.indent;
  const size_t first = outline_->items_.size();
  while (!AtEnd() && IsItem(line_)) {
    if (line_.indent != indent || !ReadItem(indent, rule)) return false;
  }
  if (!AtEnd() && line_.indent != 0) return false;
  absl::flat_hash_set<absl::string_view> names;
  const auto& items = outline_->items_;
  return std::all_of(items.begin() + static_cast<ptrdiff_t>(first), items.end(),
                     [&names](const auto& item) { return names.insert(item.name).second; });
}

// The rest of a line after "- " is the first line of what is in the item.
void OutlineReader::EnterItem() {
  const size_t blanks = line_.content.find_first_not_of(' ', 1);
  line_.indent += blanks;
  line_.content.remove_prefix(blanks);
}

bool OutlineReader::ReadItem(size_t indent, const ListRule& rule) {
  KubeconfigOutline::Item item = {rule.list, line_.begin, 0, "", "", ""};
  item_ = &item;
  EnterItem();
  if (!ReadMapping(rule.fields)) return false;
  item_ = nullptr;
  if (!AtEnd() && line_.indent > indent) return false;
  item.end = line_.begin;
  outline_->items_.push_back(std::move(item));
  return true;
}

bool OutlineReader::ReadMapping(Fields fields) {
  const size_t indent = line_.indent;
  uint32_t seen = 0;
  while (!AtEnd() && line_.indent == indent && !IsItem(line_)) {
    absl::string_view key, value;
    if (!SplitField(line_.content, &key, &value)) return false;
    const auto* const rule =
        std::find_if(fields.begin(), fields.end(), [key](const Rule& one) { return one.key == key; });
    if (rule == fields.end()) return false;
    const uint32_t bit = uint32_t{1} << (rule - fields.begin());
    if ((seen & bit) != 0 || !ReadValue(*rule, indent, value)) return false;
    seen |= bit;
  }
  return seen != 0 && (AtEnd() || line_.indent < indent);
}

bool OutlineReader::ReadValue(const Rule& rule, size_t indent, absl::string_view value) {
  if (value.empty()) return ReadNested(rule, indent);
  const bool is_list = rule.shape == Shape::kTexts || rule.shape == Shape::kObjects;
  if (is_list || rule.shape == Shape::kObject) {
    if (value != "null" && value != (is_list ? "[]" : "{}")) return false;
    Advance();
    return AtEnd() || line_.indent <= indent;
  }
  return ReadScalar(rule, indent, value);
}

// What is below a key; nothing is null.
bool OutlineReader::ReadNested(const Rule& rule, size_t indent) {
  Advance();
  const bool is_list = rule.shape == Shape::kTexts || rule.shape == Shape::kObjects;
  if (is_list && !AtEnd() && line_.indent >= indent && IsItem(line_)) return ReadSequence(rule, indent);
  if (AtEnd() || line_.indent <= indent) return AtEnd() || !IsItem(line_) || line_.indent < indent;
  return rule.shape == Shape::kObject && !IsItem(line_) && ReadMapping(rule.fields);
}

bool OutlineReader::ReadSequence(const Rule& rule, size_t parent) {
  const size_t indent = line_.indent;
  while (!AtEnd() && line_.indent == indent && IsItem(line_)) {
    EnterItem();
    const bool read =
        rule.shape == Shape::kObjects ? ReadMapping(rule.fields) : ReadScalar(rule, indent, line_.content);
    if (!read) return false;
  }
  return AtEnd() || line_.indent < indent || (line_.indent == indent && indent == parent);
}

bool OutlineReader::ReadScalar(const Rule& rule, size_t parent, absl::string_view value) {
  Scalar scalar;
  if (!TakeScalar(value, parent, &scalar)) return false;
  return Fits(rule.shape == Shape::kTexts ? Shape::kText : rule.shape, scalar) && Keep(rule, scalar);
}

// Keeps what tells an item from the others, and where a context leads.
bool OutlineReader::Keep(const Rule& rule, const Scalar& scalar) {
  std::string* place = nullptr;
  if (&rule == &kNamedCluster[0] || &rule == &kNamedUser[0] || &rule == &kNamedContext[0])
    place = &item_->name;
  if (&rule == &kContext[0]) place = &item_->cluster;
  if (&rule == &kContext[2]) place = &item_->user;
  if (place == nullptr) return true;
  if (scalar.type != YamlType::kNull) *place = std::string(scalar.value);
  return !scalar.is_long;
}

bool OutlineReader::TakeScalar(absl::string_view value, size_t parent, Scalar* scalar) {
  const bool is_quoted = value[0] == '\'' || value[0] == '"';
  return is_quoted ? TakeQuoted(value, parent, scalar) : TakePlain(value, parent, scalar);
}

// kubectl folds long text.
bool OutlineReader::TakePlain(absl::string_view value, size_t parent, Scalar* scalar) {
  const size_t comment = FindComment(value);
  value = absl::StripTrailingAsciiWhitespace(value.substr(0, comment));
  if (!CanBeginPlain(value) || IsCut(value)) return false;
  scalar->value = value;
  scalar->type = credential_provider::TypeOfPlain(value);
  size_t end = comment == absl::string_view::npos ? next_ : 0;  // nothing goes on after a comment
  for (Advance(); !AtEnd() && line_.indent > parent; Advance()) {
    if (line_.begin != end || IsCut(line_.content)) return false;  // a comment or an empty line is between
    scalar->is_long = true;
    scalar->type = YamlType::kString;
    end = next_;
  }
  return true;
}

bool OutlineReader::TakeQuoted(absl::string_view value, size_t parent, Scalar* scalar) {
  const char quote = value[0];
  scalar->type = YamlType::kString;
  scalar->value = value.substr(1);
  for (absl::string_view rest = scalar->value;; rest = line_.content) {
    const size_t end = rest.find(quote);
    if (absl::StrContains(rest.substr(0, end), '\\') && quote == '"') return false;
    if (end != absl::string_view::npos) {
      const absl::string_view after = rest.substr(end + 1);
      if (!after.empty() && !absl::StartsWith(after, " #")) return false;  // a quote within
      if (!scalar->is_long) scalar->value = rest.substr(0, end);
      Advance();
      return AtEnd() || line_.indent <= parent;
    }
    const size_t next = next_;
    Advance();
    scalar->is_long = true;
    if (AtEnd() || line_.indent <= parent || line_.begin != next) return false;
  }
}

absl::optional<KubeconfigOutline> KubeconfigOutline::Of(absl::string_view text) {
  KubeconfigOutline outline;
  outline.text_ = text;
  if (!OutlineReader(text, &outline).Read()) return absl::nullopt;
  return outline;
}

absl::optional<EntryNames> KubeconfigOutline::Find(absl::string_view name) const {
  for (const Item& item : items_) {
    if (item.list == 'c' && item.name == name) return EntryNames{std::string(name), item.cluster, item.user};
  }
  return absl::nullopt;
}

std::string KubeconfigOutline::Only(const EntryNames& names) const {
  std::string only;
  size_t kept = 0;  // before this all is decided
  for (const Item& item : items_) {
    const std::string& wanted = item.list == 'c'   ? names.context
                                : item.list == 'u' ? names.user
                                                   : names.cluster;
    if (item.name == wanted) continue;
    only.append(text_.data() + kept, item.begin - kept);
    kept = item.end;
  }
  only.append(text_.data() + kept, text_.size() - kept);
  return only;
}

}  // namespace kubeconfig_writer
