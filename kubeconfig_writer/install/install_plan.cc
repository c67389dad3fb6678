#include "kubeconfig_writer/install/install_plan.h"

#include <utility>

#include "credential_provider/cli/command.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/install/installation_planner.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::StatusOr<InstallPlan> PlanInstall(absl::Span<const Account> accounts, const Environment& environment) {
  const InstallRequest& request = accounts.front().request;
  absl::StatusOr<std::vector<std::vector<std::string>>> names = NamesIn(accounts);
  if (!names.ok()) return UsageError(names.status());
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPathsToChange(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  InstallPlan plan;
  plan.has_current = files->HasCurrentContext();
  for (size_t i = 0; i < accounts.size(); ++i) {
    const Account& account = accounts[i];
    if (!account.status.ok()) continue;
    const std::vector<Cluster>& clusters = account.chosen.clusters;
    const bool is_chosen = clusters.size() == 1 && request.choice.by != ClusterChoice::By::kAll;
    InstallationPlanner planner(account.request, *files, *account.service, environment, plan);
    for (size_t k = 0; k < clusters.size(); ++k) {
      absl::Status begun = planner.Begin(clusters[k], (*names)[i][k], is_chosen);
      if (!begun.ok()) return begun;
    }
    planner.AskAboutTheRest();
    plan.skipped.insert(plan.skipped.end(), account.chosen.skipped.begin(), account.chosen.skipped.end());
  }
  return plan;
}

}  // namespace kubeconfig_writer
