// Adds whole entries to the lists of a kubeconfig, and takes them out.
#ifndef KUBECONFIG_WRITER_EDITS_LIST_EDIT_H_
#define KUBECONFIG_WRITER_EDITS_LIST_EDIT_H_

#include "absl/status/statusor.h"
#include "kubeconfig_writer/edits/edit_target.h"
#include "kubeconfig_writer/edits/kubeconfig_edit.h"
#include "kubeconfig_writer/edits/planned_edit.h"

namespace kubeconfig_writer {

// Both return InvalidArgument "line N: reason" when the place cannot be edited safely.

// REQUIRES: `edit` is a Set of an entry that is not there.
absl::StatusOr<PlannedEdit> PlanAdd(const EditTarget& site, const KubeconfigEdit& edit);

// REQUIRES: `edit` is a Remove of an entry that is there.
absl::StatusOr<PlannedEdit> PlanRemove(const EditTarget& site, const KubeconfigEdit& edit);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_LIST_EDIT_H_
