// How the entries of one account get into an InstallPlan: each is begun, those that the files do not answer
// are asked about, and all completed.
#ifndef KUBECONFIG_WRITER_INSTALL_INSTALLATION_PLANNER_H_
#define KUBECONFIG_WRITER_INSTALL_INSTALLATION_PLANNER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/install/agreement.h"
#include "kubeconfig_writer/install/install_plan.h"
#include "kubeconfig_writer/install/install_request.h"
#include "kubeconfig_writer/install/standing_entries.h"

namespace kubeconfig_writer {

class InstallationPlanner {
 public:
  // All of these must outlive it.
  InstallationPlanner(const InstallRequest& request, const KubeconfigFiles& files, AckSession& service,
                      const credential_provider::Environment& environment, InstallPlan& plan)
      : request_(request), files_(files), service_(service), environment_(environment), plan_(plan) {}

  // Plans the entry `name` for `cluster`; the only one, which somebody has `chosen`, becomes the current one
  // where there is none. Needs no network.
  absl::Status Begin(const credential_provider::Cluster& cluster, const std::string& name, bool is_chosen);

  // Plans that `standing` is completed, with the arguments of `invocation`: what else is in it stays.
  void BeginStanding(const StandingEntry& standing, credential_provider::Invocation invocation);

  // Asks about those that the files do not answer.
  void AskAboutTheRest();

 private:
  bool HasEnv(const KubeconfigDocument* document, const std::string& name) const;
  absl::optional<ClusterFacts> Agreed(const credential_provider::Cluster& cluster,
                                      const Installation& installation,
                                      const credential_provider::Invocation& invocation);
  void Add(Installation installation);
  void Complete(size_t number, absl::StatusOr<credential_provider::UserKubeconfig> answer);

  const InstallRequest& request_;
  const KubeconfigFiles& files_;
  AckSession& service_;
  const credential_provider::Environment& environment_;
  InstallPlan& plan_;
  absl::optional<credential_provider::CredentialStore> store_;  // opened when it is first looked into

  // Those that are asked about: the number of each in the plan, and what for.
  std::vector<std::pair<size_t, credential_provider::Invocation>> asked_;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_INSTALLATION_PLANNER_H_
