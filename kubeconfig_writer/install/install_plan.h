// What `install` is going to do: found out before anything is changed.
#ifndef KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_
#define KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/cluster_choice.h"
#include "kubeconfig_writer/clusters/context_name_template.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/install/first_credential.h"
#include "kubeconfig_writer/install/install_request.h"

namespace kubeconfig_writer {

struct InstallPlan {
  std::vector<Installation> installations;
  std::vector<absl::optional<FirstCredential>> first;  // of each of these
  std::vector<std::string> skipped;                    // "prod (c00…2): has no public endpoint"
  bool has_current = false;                            // there is a current-context already
  bool has_env =
      true;  // the stanzas have, or get, the variables of the request, or had others of these names
};

// Plans `request` for the clusters of `chosen`, whose names `values` helps to make: reads the kubeconfig and
// asks `service` about each cluster, but for those of all whose entry agrees with the list of clusters
// (agreement.h). What failed for one is in its status; after a signal that ends this process that is
// Cancelled for those that were not asked about. Changes nothing.
absl::StatusOr<InstallPlan> PlanInstall(const InstallRequest& request, const NameValues& values,
                                        ChosenClusters chosen, AckSession& service,
                                        const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_INSTALL_PLAN_H_
