// Changes which context is current.
#ifndef KUBECONFIG_WRITER_EDITS_CURRENT_CONTEXT_EDIT_H_
#define KUBECONFIG_WRITER_EDITS_CURRENT_CONTEXT_EDIT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kubeconfig_writer/edits/edit_target.h"
#include "kubeconfig_writer/edits/planned_edit.h"

namespace kubeconfig_writer {

// Both return InvalidArgument "line N: reason" when the place cannot be edited safely.

absl::StatusOr<PlannedEdit> PlanUse(const EditTarget& site, absl::string_view name);

// REQUIRES: there is a current context.
absl::StatusOr<PlannedEdit> PlanUnuse(const EditTarget& site);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_CURRENT_CONTEXT_EDIT_H_
