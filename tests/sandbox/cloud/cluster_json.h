// Clusters as CS describes them.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLUSTER_JSON_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLUSTER_JSON_H_

#include <vector>

#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/clusters.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

// How much of a cluster is told: lists by region leave out `master_url` and `meta_data`.
enum class ClusterDetail { kAll, kWithoutEndpoints };

nlohmann::json ClusterJson(const Cluster& cluster, const Addresses& addresses, ClusterDetail detail);

// Returns those that the filters in `query` let through (cluster_id, name, cluster_type, cluster_spec,
// profile, region_id).
std::vector<Cluster> FilterClusters(std::vector<Cluster> clusters, const NameValues& query);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLUSTER_JSON_H_
