#include "tests/sandbox/world/clusters.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace sandbox {
namespace {

constexpr int kFirstExtra = 0x1000;

std::string ClusterId(int number) { return absl::StrFormat("c%032x", number); }

}  // namespace

std::vector<Cluster> UsualClusters() {
  return {
      {ClusterId(1), "dev", "cn-hangzhou"},
      {ClusterId(2), "prod", "cn-hangzhou", "ManagedKubernetes", "Default", "ack.pro.small", "running",
       false},
      {ClusterId(3), "edge", "ap-southeast-1", "ManagedKubernetes", "Edge"},
      {ClusterId(4), "starting", "cn-hangzhou", "ManagedKubernetes", "Default", "ack.standard", "initial"},
      {ClusterId(5), "registered", "cn-beijing", "ExternalKubernetes", "Default", ""},
  };
}

Cluster ExtraCluster(int number) {
  return {ClusterId(kFirstExtra + number), absl::StrCat("extra-", number), "cn-shanghai"};
}

std::vector<Cluster> ClustersOf(absl::string_view account, const std::vector<Cluster>& clusters) {
  std::vector<Cluster> its;
  std::copy_if(clusters.begin(), clusters.end(), std::back_inserter(its),
               [account](const Cluster& cluster) { return cluster.account == account; });
  return its;
}

absl::optional<Cluster> FindCluster(absl::string_view id, absl::string_view account,
                                    const std::vector<Cluster>& clusters) {
  for (const Cluster& cluster : clusters) {
    if (cluster.id == id && (account.empty() || cluster.account == account)) return cluster;
  }
  return {};
}

std::vector<std::string> UsualClusterIds() {
  std::vector<std::string> ids;
  for (const Cluster& cluster : UsualClusters()) ids.push_back(cluster.id);
  return ids;
}

}  // namespace sandbox
