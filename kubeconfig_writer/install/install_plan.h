// What `install` is going to do: found out before anything is changed.
#ifndef KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_
#define KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/install/accounts.h"
#include "kubeconfig_writer/install/first_credential.h"

namespace kubeconfig_writer {

struct InstallPlan {
  std::vector<Installation> installations;
  std::vector<absl::optional<FirstCredential>> first;     // of each of these
  std::vector<const credential_provider::Identity*> who;  // that has asked for it
  std::vector<std::string> skipped;                       // "prod (c00…2): has no public endpoint"
  bool has_current = false;                               // there is a current-context already
  // The stanzas have, or get, the variables of the request, or had others of these names.
  bool has_env = true;
};

// Plans the clusters that `accounts` have chosen: reads the kubeconfig and asks about each cluster, but for
// those of all whose entry agrees with the list of clusters (agreement.h). What failed for one is in its
// status; after a signal that ends this process that is Cancelled for those that were not asked about.
// Accounts that have failed have no part in it. Changes nothing. `accounts` must outlive the plan.
absl::StatusOr<InstallPlan> PlanInstall(absl::Span<const Account> accounts,
                                        const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_
