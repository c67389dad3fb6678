// Changes one item or field of a YAML text, as splices that leave every other byte alone.
//
// Adding and removing are exact opposites: what AddItem or AddField wrote, RemoveItem or RemoveField takes
// away again. Places where that cannot be done safely are refused with InvalidArgument "line N: reason".
#ifndef KUBECONFIG_WRITER_YAML_YAML_EDIT_H_
#define KUBECONFIG_WRITER_YAML_YAML_EDIT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/yaml/text_lines.h"
#include "kubeconfig_writer/yaml/yaml_layout.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

class YamlEdit {
 public:
  using Json = nlohmann::ordered_json;
  using Node = credential_provider::YamlNode;
  using Field = credential_provider::YamlField;

  // `tree` must outlive this object.
  explicit YamlEdit(const credential_provider::YamlTree& tree);

  const YamlLayout& layout() const { return layout_; }

  // Adds `item` at the end of `list`, written like the item before it. REQUIRES: a block list has items.
  absl::StatusOr<Splices> AddItem(const Node& list, const Json& item) const;

  // Adds lines with `item` below `field`, a field of a block mapping that has no value any more.
  absl::StatusOr<Splices> AddFirstItem(const Field& field, const Json& item) const;

  // Removes `item` from `list`. Of a block list that has no other, nothing is left, not even "[]".
  absl::StatusOr<Splices> RemoveItem(const Node& list, const Node& item) const;

  // Puts `items` instead of those before `kept`, an item of `list`. What is above the first stays.
  absl::StatusOr<Splices> ReplaceFront(const Node& list, const Node& kept, const Json& items) const;

  // Adds `key` at the end of `mapping`. In flow style `after` goes after the value.
  absl::StatusOr<Splices> AddField(const Node& mapping, const std::string& key, const Json& value,
                                   absl::string_view after = "") const;

  // Removes `field` from `mapping`. In flow style `after_size` bytes after its value go too. Of a list that
  // stands in the place of an empty one, that one comes back.
  absl::StatusOr<Splices> RemoveField(const Node& mapping, const Field& field, size_t after_size = 0) const;

  // What exchanges values is in value_edit.cc.

  // Replaces the value of `field`, which is in `mapping`. Comments on the line of its key and above what is
  // replaced stay. A text that takes the place of another keeps its quotes, or that there are none. What says
  // that a list is empty is remembered, for RemoveField.
  absl::StatusOr<Splices> ReplaceValue(const Node& mapping, const Field& field, const Json& value) const;

  // The same for a text that takes turns with another: a spelling that would be lost, such as that of text
  // over several lines, is kept in comments, and comes back from there with its text.
  absl::StatusOr<Splices> ExchangeText(const Node& mapping, const Field& field, const Json& text) const;

  // Replaces the value of `field`, which is in a block mapping, and keeps it in comments.
  absl::StatusOr<Splices> ReplaceAndKeep(const Field& field, const Json& value) const;

  // Returns the offset after the colon of `field`.
  absl::StatusOr<size_t> BehindColon(const Field& field) const;

 private:
  absl::StatusOr<size_t> DashOf(const Node& list, const Node& item) const;
  absl::string_view ClosingIndent(const Node& collection) const;
  Splices ReplaceFrontInFlow(const Node& list, const Node& kept, const Json& items) const;
  Splices AddToFlow(const Node& collection, absl::string_view key, const Json& value,
                    absl::string_view after) const;
  Splice RemoveOnlyFromFlow(const Node& collection, size_t end) const;
  absl::StatusOr<Splices> RemoveFromFlow(const Node& collection, const Node& first, const Node& last,
                                         size_t after_size) const;
  absl::optional<Splices> GiveBackEmpty(const Node& mapping, const Field& field) const;
  absl::optional<Splices> GiveBackText(const Field& field, const Json& text) const;
  bool WouldComeBack(const Node& old, const Json& text) const;
  absl::StatusOr<Splices> ReplaceByLines(const Field& field, const Json& value) const;
  absl::StatusOr<Splices> ReplaceLines(const Field& field, const Json& value) const;
  std::string RenderBelow(const Field& field, const Json& value) const;
  std::string RenderTextLike(const Node& old, const Json& text, credential_provider::YamlStyle style) const;
  std::string RenderAsFlow(const Json& value, bool lines, absl::string_view indent) const;
  bool WantsLines(const Node& collection) const;
  size_t EndWithMark(const Node& node) const;

  absl::string_view text_;
  YamlLayout layout_;
  bool flow_lines_;  // the whole file is in flow style, with a line for every item
  const Node& root_;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_EDIT_H_
