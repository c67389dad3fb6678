// The text that an edit is planned for, and what all of them ask about it.
#ifndef KUBECONFIG_WRITER_EDITS_EDIT_TARGET_H_
#define KUBECONFIG_WRITER_EDITS_EDIT_TARGET_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"
#include "kubeconfig_writer/yaml/yaml_edit.h"

namespace kubeconfig_writer {

class EditTarget {
 public:
  using Node = credential_provider::YamlNode;

  // The root of `tree` must be a mapping that passed CheckKubeconfig, and that of `entries`. Both must
  // outlive this object.
  EditTarget(const credential_provider::YamlTree& tree, const KubeconfigEntries& entries);

  const std::string& text() const { return tree_.text(); }
  const Node& root() const { return tree_.root(); }
  const KubeconfigEntries& entries() const { return entries_; }
  const YamlEdit& yaml() const { return yaml_; }

  // Returns the field of `list` if the file has it, after the checks that every edit of its entries needs.
  absl::StatusOr<absl::optional<credential_provider::YamlField>> FindList(KubeconfigList list) const;

  // Refuses to change `part` when an alias outside it stands for something inside or around it.
  absl::Status CheckNotReferred(const Node& part) const;

 private:
  const credential_provider::YamlTree& tree_;
  const KubeconfigEntries& entries_;
  const YamlEdit yaml_;
  std::vector<const Node*> aliases_;
};

// Returns the field as it is in `mapping` itself.
absl::optional<credential_provider::YamlField> DirectField(const credential_provider::YamlNode& mapping,
                                                           absl::string_view key);

// Refuses a mapping or list of which other places take a part, or which takes a part from other places.
absl::Status CheckNotShared(const credential_provider::YamlNode& node, absl::string_view what);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_EDIT_TARGET_H_
