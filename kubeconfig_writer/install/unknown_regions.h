// What is said of regions that may be mistyped, by what writes entries for many clusters.
#ifndef KUBECONFIG_WRITER_INSTALL_UNKNOWN_REGIONS_H_
#define KUBECONFIG_WRITER_INSTALL_UNKNOWN_REGIONS_H_

#include <vector>

#include "kubeconfig_writer/clusters/fleet_flags.h"
#include "kubeconfig_writer/install/accounts.h"

namespace kubeconfig_writer {

// Warns of each region of `filter` that is not known and in which none of the clusters is that ACK has
// listed. A region that is known may well have none.
void WarnOfUnknownRegions(const FleetFilter& filter, const std::vector<Account>& accounts);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_UNKNOWN_REGIONS_H_
