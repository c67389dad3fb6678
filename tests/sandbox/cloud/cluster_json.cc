#include "tests/sandbox/cloud/cluster_json.h"

#include <algorithm>

namespace sandbox {
namespace {

using nlohmann::json;

// A string that is itself JSON, as CS has it.
std::string MasterUrl(const Cluster& cluster, const Addresses& addresses) {
  json url = {{"intranet_api_server_endpoint", addresses.api_server}};
  if (cluster.has_public_endpoint) url["api_server_endpoint"] = addresses.api_server_public;
  return url.dump();
}

json Tags(const Cluster& cluster) {
  json tags = json::array();
  for (const auto& [key, value] : cluster.tags) tags.push_back({{"key", key}, {"value", value}});
  return tags;
}

bool Passes(const NameValues& query, absl::string_view filter, absl::string_view value) {
  const std::string wanted = ValueOf(query, filter);
  return wanted.empty() || wanted == value;
}

bool PassesAll(const NameValues& query, const Cluster& cluster) {
  return Passes(query, "cluster_id", cluster.id) && Passes(query, "name", cluster.name) &&
         Passes(query, "cluster_type", cluster.type) && Passes(query, "cluster_spec", cluster.spec) &&
         Passes(query, "profile", cluster.profile) && Passes(query, "region_id", cluster.region);
}

}  // namespace

json ClusterJson(const Cluster& cluster, const Addresses& addresses, ClusterDetail detail) {
  json out = {{"cluster_id", cluster.id},
              {"name", cluster.name},
              {"region_id", cluster.region},
              {"cluster_type", cluster.type},
              {"profile", cluster.profile},
              {"cluster_spec", cluster.spec},
              {"state", cluster.state},
              {"current_version", "1.32.1-aliyun.1"},
              {"size", 3},
              {"created", "2026-01-02T03:04:05Z"},
              {"resource_group_id", cluster.resource_group},
              {"tags", Tags(cluster)}};
  if (detail == ClusterDetail::kAll) {
    out["master_url"] = MasterUrl(cluster, addresses);
    out["meta_data"] = "{}";
  }
  return out;
}

std::vector<Cluster> FilterClusters(std::vector<Cluster> clusters, const NameValues& query) {
  const auto end = std::remove_if(clusters.begin(), clusters.end(),
                                  [&](const Cluster& cluster) { return !PassesAll(query, cluster); });
  clusters.erase(end, clusters.end());
  return clusters;
}

}  // namespace sandbox
