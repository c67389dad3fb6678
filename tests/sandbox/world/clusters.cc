#include "tests/sandbox/world/clusters.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace sandbox {
namespace {

constexpr int kFirstExtra = 0x1000;

std::string ClusterId(int number) { return absl::StrFormat("c%032x", number); }

}  // namespace

std::vector<Cluster> AllClusters(int extra) {
  std::vector<Cluster> clusters = {
      {ClusterId(1), "dev", "cn-hangzhou"},
      {ClusterId(2), "prod", "cn-hangzhou", "ManagedKubernetes", "Default", "ack.pro.small", "running",
       false},
      {ClusterId(3), "edge", "ap-southeast-1", "ManagedKubernetes", "Edge"},
      {ClusterId(4), "starting", "cn-hangzhou", "ManagedKubernetes", "Default", "ack.standard", "initial"},
      {ClusterId(5), "registered", "cn-beijing", "ExternalKubernetes", "Default", ""},
  };
  for (int i = 0; i < extra; ++i) {
    clusters.push_back({ClusterId(kFirstExtra + i), absl::StrCat("extra-", i), "cn-shanghai"});
  }
  return clusters;
}

absl::optional<Cluster> FindCluster(absl::string_view id, int extra) {
  for (Cluster& cluster : AllClusters(extra)) {
    if (cluster.id == id) return std::move(cluster);
  }
  return {};
}

std::vector<std::string> LastingClusterIds() {
  std::vector<std::string> ids;
  for (const Cluster& cluster : AllClusters(0)) ids.push_back(cluster.id);
  return ids;
}

}  // namespace sandbox
