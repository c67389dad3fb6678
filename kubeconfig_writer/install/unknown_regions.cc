#include "kubeconfig_writer/install/unknown_regions.h"

#include <set>
#include <string>

#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/cli/command.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

void WarnOfUnknownRegions(const FleetFilter& filter, const std::vector<Account>& accounts) {
  std::set<std::string> regions;
  for (const Account& account : accounts) {
    for (const Cluster& cluster : account.listed) regions.insert(cluster.region);
  }
  for (const std::string& region : RegionsWithoutCluster(filter, regions)) {
    const absl::Status known = CheckRegionIsKnown(region);
    if (!known.ok()) PrintWarning(kWriterProgramName, known);
  }
}

}  // namespace kubeconfig_writer
