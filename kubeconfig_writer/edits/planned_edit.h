// Collects the splices of several edits that were planned from the same text, as long as they do not get in
// each other's way.
#ifndef KUBECONFIG_WRITER_EDITS_PLANNED_EDIT_H_
#define KUBECONFIG_WRITER_EDITS_PLANNED_EDIT_H_

#include <map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {

// What one edit does to the text.
struct PlannedEdit {
  Splices splices;  // in order
  // The lists and mappings that get a new last child, and those that lose one.
  std::vector<const credential_provider::YamlNode*> adds_to;
  std::vector<const credential_provider::YamlNode*> removes_from;
};

// Returns `splices` with what they do, or their error.
absl::StatusOr<PlannedEdit> Planned(absl::StatusOr<Splices> splices,
                                    std::vector<const credential_provider::YamlNode*> adds_to,
                                    std::vector<const credential_provider::YamlNode*> removes_from);

class SpliceBatch {
 public:
  // Takes `edit` and returns true, unless it would touch what another one does, or what the plan was made
  // for would not be there any more: the last child of a list that others leave without any. Two edits may
  // add to the same list or mapping, in the order in which they come, unless it is empty.
  bool Take(const PlannedEdit& edit);

  // All splices, in order.
  Splices InOrder() const;

 private:
  struct Taken {
    Splice splice;
    const std::vector<const credential_provider::YamlNode*> adds_to;
  };

  bool Fits(const Splice& splice, const PlannedEdit& edit) const;
  bool LeavesSome(const credential_provider::YamlNode* collection) const;

  std::multimap<size_t, Taken> taken_;  // by the beginning; those of the same in the order they came
  absl::flat_hash_map<const credential_provider::YamlNode*, size_t> left_;  // children that stay
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_PLANNED_EDIT_H_
