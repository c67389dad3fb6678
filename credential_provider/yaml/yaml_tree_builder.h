// Builds a YamlTree from libyaml's events.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_TREE_BUILDER_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_TREE_BUILDER_H_

#include <yaml.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/yaml/byte_offsets.h"
#include "credential_provider/yaml/long_values.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace credential_provider {

class YamlTreeBuilder {
 public:
  // `begin` is where the text begins, after a byte order mark.
  YamlTreeBuilder(YamlTree& tree, size_t begin, bool cut_long_values)
      : tree_(tree),
        begin_(begin),
        values_(absl::string_view(*tree.text_).substr(begin), cut_long_values),
        offsets_(values_.short_text()) {}

  // Adds the nodes to the tree, which has none. Internal when long values must not be cut.
  absl::Status Build();

 private:
  // A sequence or mapping that is not at its end yet.
  struct Open {
    YamlNode* node;
    YamlNode* last;
    size_t weight;  // nodes in it so far, aliases counted as what they stand for
  };
  struct Anchor {
    const YamlNode* node;
    size_t weight;
  };

  absl::Status Handle(const yaml_event_t& event);
  absl::Status StartDocument(const yaml_event_t& event);
  void EndDocument(const yaml_event_t& event);
  absl::Status AddAlias(const yaml_event_t& event);
  absl::Status AddScalar(const yaml_event_t& event);
  absl::Status CheckNothing(const yaml_event_t& event) const;
  absl::Status StartCollection(const yaml_event_t& event, YamlKind kind, const yaml_char_t* anchor,
                               const yaml_char_t* tag, bool flow);
  void EndCollection(const yaml_event_t& event);

  absl::StatusOr<YamlNode*> Add(const yaml_event_t& event, YamlKind kind, const yaml_char_t* anchor = nullptr,
                                const yaml_char_t* tag = nullptr);
  YamlNode* Make(YamlKind kind, const yaml_char_t* anchor, const yaml_char_t* tag);
  void Link(YamlNode* node);
  void NoteAnchor(const YamlNode& node, size_t weight);
  void Weigh(size_t weight);
  absl::Status CheckWeight(size_t weight) const;
  size_t CountNodes() const { return tree_.nodes_.size() + tree_.nodes_with_properties_.size(); }
  absl::string_view Keep(absl::string_view value, const YamlNode& node);
  uint32_t Byte(const yaml_mark_t& mark) {
    return static_cast<uint32_t>(begin_ + values_.ToLong(offsets_.At(mark.index)));
  }
  size_t EndOfBlockScalar(const YamlNode& node) const;

  YamlTree& tree_;
  size_t begin_;
  LongValues values_;
  ByteOffsets offsets_;
  std::vector<Open> open_;
  absl::flat_hash_map<std::string, Anchor> anchors_;
  size_t total_weight_ = 0;
  size_t last_alias_line_ = 1;
  size_t documents_ = 0;
  size_t second_line_ = 0;  // where the second document begins
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_TREE_BUILDER_H_
