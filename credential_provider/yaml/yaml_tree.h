// YAML text as a tree of nodes that know where in the text they stand, so that a caller can read it, and
// change single bytes of it without touching the rest. libyaml does the parsing.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_TREE_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_TREE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// What is larger, deeper or has more nodes than this is refused.
inline constexpr size_t kMaxYamlBytes = size_t{16} << 20;
inline constexpr size_t kMaxYamlDepth = 100;
inline constexpr size_t kMaxYamlNodes = 1000000;

// Two of the reasons for which a text is refused.
inline constexpr absl::string_view kUtf16 = "UTF-16; only UTF-8 is understood";
inline constexpr absl::string_view kSecondDocument = "a second document begins here";

enum class YamlKind : uint8_t { kScalar, kSequence, kMapping, kAlias };

// How a node is written: the first five are for scalars, the last two for sequences and mappings.
enum class YamlStyle : uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded, kBlock, kFlow };

struct YamlProperties {
  std::string tag;     // in full ("tag:yaml.org,2002:str"), or "" when there is none
  std::string anchor;  // the name after '&', or ""
};

// A large kubeconfig has so many of them that they are most of the memory it takes: each has 32 bytes.
class YamlNode {
 public:
  explicit YamlNode(YamlKind node_kind, bool with_properties = false)
      : line(0),
        kind(node_kind),
        style(YamlStyle::kPlain),
        has_properties_(with_properties),
        child_(nullptr) {}

  // A scalar's text without quotes and escapes; an alias's name; else nothing.
  absl::string_view value() const;

  // The first item, or first key; of an alias, what it stands for; else null.
  const YamlNode* first() const { return kind == YamlKind::kScalar ? nullptr : child_; }

  // Null when there is neither tag nor anchor.
  const YamlProperties* properties() const;

  const YamlNode* next = nullptr;  // the next item; of a key its value, of a value the next key
  uint32_t begin = 0;              // byte offset of the first byte, tag and anchor included
  uint32_t end = 0;    // byte offset after the last byte; no line break, comment or blank after it counts
  uint32_t line : 25;  // counted from 1
  YamlKind kind : 2;
  YamlStyle style : 3;

 private:
  friend class YamlTreeBuilder;

  bool has_properties_ : 1;  // it is a YamlNodeWithProperties
  uint32_t size_ = 0;        // of text_
  union {
    const char* text_;       // of a scalar
    const YamlNode* child_;  // of all others
  };
};

struct YamlNodeWithProperties : YamlNode {
  using YamlNode::YamlNode;
  YamlProperties own;
};

inline const YamlProperties* YamlNode::properties() const {
  return has_properties_ ? &static_cast<const YamlNodeWithProperties*>(this)->own : nullptr;
}

// The tag and the anchor of `node`, or "".
inline absl::string_view TagOf(const YamlNode& node) {
  return node.properties() == nullptr ? absl::string_view() : node.properties()->tag;
}
inline absl::string_view AnchorOf(const YamlNode& node) {
  return node.properties() == nullptr ? absl::string_view() : node.properties()->anchor;
}

inline absl::string_view YamlNode::value() const {
  if (kind == YamlKind::kScalar) return {text_, size_};
  return kind == YamlKind::kAlias ? AnchorOf(*child_) : absl::string_view();
}

// One key of a mapping with what it holds. Neither is resolved: both may be aliases.
struct YamlField {
  const YamlNode* key;
  const YamlNode* value;
};

class YamlTree {
 public:
  // Parses `text`: UTF-8, with or without a byte order mark, holding at most one document; after it there
  // may be others without anything in them. Everything else is InvalidArgument (bounds: ResourceExhausted)
  // with the message "line N: reason", which never quotes the text. Also refused: an alias within the node it
  // stands for, and aliases that multiply the text many times over.
  static absl::StatusOr<YamlTree> Parse(std::string text);

  const std::string& text() const { return *text_; }
  std::shared_ptr<const std::string> shared_text() const { return text_; }

  // The document. Text without one (empty, comments only) has a plain scalar "" here, at the end of the text.
  const YamlNode& root() const { return *root_; }

  // Where a block document would go on: the offset of the "..." or "---" that ends it, or the size of the
  // text.
  size_t document_end() const { return document_end_; }

 private:
  friend class YamlTreeBuilder;
  YamlTree() = default;

  static absl::StatusOr<YamlTree> Build(std::shared_ptr<const std::string> text, bool cut_long_values);

  // The nodes point into the texts and to each other. None of these moves when the tree does.
  std::shared_ptr<const std::string> text_;
  std::deque<std::string> values_;
  std::deque<YamlNode> nodes_;
  std::deque<YamlNodeWithProperties> nodes_with_properties_;
  const YamlNode* root_ = nullptr;
  size_t document_end_ = 0;
};

// Returns what `node` stands for when it is an alias, else `node`.
inline const YamlNode& Resolve(const YamlNode& node) {
  return node.kind == YamlKind::kAlias ? *node.first() : node;
}

// Returns the items of a sequence, unresolved; nothing for other nodes.
std::vector<const YamlNode*> ItemsOf(const YamlNode& sequence);

// The fields of a mapping as written, for a loop.
class YamlFields {
 public:
  class Iterator {
   public:
    explicit Iterator(const YamlNode* key) : key_(key) {}
    YamlField operator*() const { return {key_, key_->next}; }
    Iterator& operator++() {
      key_ = key_->next->next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return key_ != other.key_; }

   private:
    const YamlNode* key_;
  };

  explicit YamlFields(const YamlNode* first_key) : first_key_(first_key) {}
  Iterator begin() const { return Iterator(first_key_); }
  Iterator end() const { return Iterator(nullptr); }

 private:
  const YamlNode* first_key_;
};

// Returns the fields of a mapping; nothing for other nodes.
inline YamlFields FieldsOf(const YamlNode& mapping) {
  return YamlFields(mapping.kind == YamlKind::kMapping ? mapping.first() : nullptr);
}

// Returns true for the plain key "<<", whose value's fields count as fields of the mapping.
inline bool IsMergeKey(const YamlNode& key) {
  return key.kind == YamlKind::kScalar && key.style == YamlStyle::kPlain && key.value() == "<<";
}

// Returns the value of `key` in `mapping`, both resolved, merge keys included. Null when there is none, or
// when `mapping` is not a mapping.
const YamlNode* FindField(const YamlNode& mapping, absl::string_view key);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_TREE_H_
