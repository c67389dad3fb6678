// Turns edits of a kubeconfig into splices for its text. Whether they were right is for the caller to check.
#ifndef KUBECONFIG_WRITER_EDITS_EDIT_PLANNER_H_
#define KUBECONFIG_WRITER_EDITS_EDIT_PLANNER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/edits/kubeconfig_edit.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {

struct PlannedRound {
  Splices splices;
  std::vector<KubeconfigEdit> left;  // what has to wait until these are made, because it touches them
};

// Plans as many of `edits` as can be made together, in any case the first one that is not done already.
// InvalidArgument "line N: reason" when a place cannot be edited safely. REQUIRES: the root of `tree` is a
// mapping that passed CheckKubeconfig, and is that of `entries`; an entry whose fields change is there.
absl::StatusOr<PlannedRound> PlanRound(const credential_provider::YamlTree& tree,
                                       const KubeconfigEntries& entries,
                                       const std::vector<KubeconfigEdit>& edits);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_EDIT_PLANNER_H_
