// Changes the content of an entry field by field, so that the fields beside keep their bytes and comments
// stay.
#ifndef KUBECONFIG_WRITER_EDITS_FIELD_EDIT_H_
#define KUBECONFIG_WRITER_EDITS_FIELD_EDIT_H_

#include <vector>

#include "absl/status/statusor.h"
#include "kubeconfig_writer/edits/edit_target.h"
#include "kubeconfig_writer/edits/kubeconfig_edit.h"
#include "kubeconfig_writer/edits/planned_edit.h"

namespace kubeconfig_writer {

// Returns the edits of single fields that make up `edit`, a Set of an entry that is there. It is `edit`
// itself when the content has to be replaced as a whole, because there is none or it is not a plain mapping.
std::vector<KubeconfigEdit> SplitIntoFields(const EditTarget& site, const KubeconfigEdit& edit);

// All three return InvalidArgument "line N: reason" when the place cannot be edited safely.

// Replaces the whole content. REQUIRES: `edit` is a Set of an entry that is there.
absl::StatusOr<PlannedEdit> PlanReplace(const EditTarget& site, const KubeconfigEdit& edit);

// REQUIRES: the entry is there; for a removal the field too.
absl::StatusOr<PlannedEdit> PlanSetField(const EditTarget& site, const KubeconfigEdit& edit);
absl::StatusOr<PlannedEdit> PlanRemoveField(const EditTarget& site, const KubeconfigEdit& edit);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_FIELD_EDIT_H_
