// DescribeClustersV1: the clusters that an identity can see.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-describeclustersv1
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTERS_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

struct Cluster {
  std::string id;
  std::string name;
  std::string region;
  std::string type;  // "managed", "dedicated", "serverless", "edge", "lingjun", "registered", else ACK's word
  std::string state;             // ACK's word: "running"
  std::string version;           // of Kubernetes: "1.32.1-aliyun.1"
  std::string public_endpoint;   // "https://203.0.113.7:6443"; "" when it has none
  std::string private_endpoint;  // these two are both "" when ACK did not say
  std::string resource_group;    // its id; "" when ACK did not say
  std::map<std::string, std::string> tags;
};

// What to ask for; "" for any.
struct ClusterFilter {
  std::string id;
  std::string name;  // the whole name
  std::string region;
};

// Returns the clusters that pass `filter`, by region, name and id. Those of ACK's Swarm past are left out.
// Errors are those of AcsClient::Call.
absl::StatusOr<std::vector<Cluster>> DescribeClusters(AcsClient& client, const AccessKey& key,
                                                      const ClusterFilter& filter);

// Reads one item of the reply. Everything but the id may be missing.
absl::StatusOr<Cluster> ParseCluster(const nlohmann::json& item);

// Returns why no kubeconfig can be had for `cluster` now, "" when nothing is known to be in the way. A
// state that this program does not know is no reason.
std::string WhyNotUsable(const Cluster& cluster);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTERS_H_
