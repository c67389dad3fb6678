// The clusters that the sandbox's accounts have.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "tests/sandbox/signing/identities.h"

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
  std::string account = kHomeAccount;
  std::string resource_group = "rg-sandbox";
  std::map<std::string, std::string> tags = {};
};

// Returns the five that are there unless a test says otherwise.
std::vector<Cluster> UsualClusters();

// Returns a cluster to fill pages with, one for each number.
Cluster ExtraCluster(int number);

// Returns those of `account` among `clusters`.
std::vector<Cluster> ClustersOf(absl::string_view account, const std::vector<Cluster>& clusters);

// Returns the one with this id among `clusters`; of `account` alone unless that is "".
absl::optional<Cluster> FindCluster(absl::string_view id, absl::string_view account,
                                    const std::vector<Cluster>& clusters);

// Returns the ids of the five.
std::vector<std::string> UsualClusterIds();

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_CLUSTERS_H_
