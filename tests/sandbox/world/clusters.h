// The clusters of the sandbox's account.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace sandbox {

struct Cluster {
  std::string id;
  std::string name;
  std::string region;
  std::string type = "ManagedKubernetes";
  std::string profile = "Default";
  std::string spec = "ack.pro.small";
  std::string state = "running";
  bool has_public_endpoint = true;
};

// Returns all clusters: the five that are always there, and `extra` more to fill pages with.
std::vector<Cluster> AllClusters(int extra);

// Returns the cluster with this id among them.
absl::optional<Cluster> FindCluster(absl::string_view id, int extra);

// Returns the ids of the five.
std::vector<std::string> LastingClusterIds();

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_
