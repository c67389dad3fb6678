#include "credential_provider/alibaba_cloud/clusters.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/cluster_id.h"
#include "credential_provider/alibaba_cloud/paged_call.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/json_text.h"

namespace credential_provider {
namespace {

constexpr char kSubject[] = "DescribeClustersV1's reply: cluster";
constexpr char kSwarm[] = "aliyun";

std::string TypeOf(const std::string& cluster_type, const std::string& profile) {
  if (cluster_type == "Kubernetes") return "dedicated";
  if (cluster_type == "ExternalKubernetes") return "registered";
  if (cluster_type != "ManagedKubernetes") return cluster_type;
  const bool is_plain = profile.empty() || profile == "Default";
  return is_plain ? "managed" : absl::AsciiStrToLower(profile);
}

// Reads master_url, a text that is JSON itself. Old clusters have other texts there.
void ReadEndpoints(const std::string& master_url, Cluster* cluster) {
  const nlohmann::json endpoints = ParseJson(master_url);
  JsonReader in = JsonReader::Of(endpoints, kSubject);
  cluster->public_endpoint = in.OptionalString("api_server_endpoint");
  cluster->private_endpoint = in.OptionalString("intranet_api_server_endpoint");
}

// Reads a list of {"key", "value"}. Nothing depends on a tag that cannot be read.
std::map<std::string, std::string> TagsIn(const nlohmann::json& item) {
  std::map<std::string, std::string> tags;
  const auto list = item.find("tags");
  if (list == item.end() || !list->is_array()) return tags;
  for (const nlohmann::json& tag : *list) {
    JsonReader in = JsonReader::Of(tag, "");
    const std::string key = in.OptionalString("key");
    if (in.status().ok() && !key.empty()) tags[key] = in.OptionalString("value");
  }
  return tags;
}

}  // namespace

absl::StatusOr<std::vector<Cluster>> DescribeClusters(AcsClient& client, const AccessKey& key,
                                                      const ClusterFilter& filter) {
  AcsCall call;
  call.action = "DescribeClustersV1";
  call.version = "2015-12-15";
  call.path = "/api/v1/clusters";
  call.denied_hint = "allow cs:DescribeClustersV1 in a RAM policy of this identity";
  if (!filter.id.empty()) call.query["cluster_id"] = filter.id;
  if (!filter.name.empty()) call.query["name"] = filter.name;
  if (!filter.region.empty()) call.query["region_id"] = filter.region;
  std::vector<Cluster> clusters;
  std::set<std::string> ids;  // one that was made meanwhile moves another to the next page, again
  absl::Status read =
      CallAllPages(client, key, std::move(call), {"clusters", "page_info"}, [&](const nlohmann::json& item) {
        absl::StatusOr<Cluster> cluster = ParseCluster(item);
        if (!cluster.ok()) return cluster.status();
        const bool is_meant = filter.name.empty() || cluster->name == filter.name;
        if (is_meant && cluster->type != kSwarm && ids.insert(cluster->id).second)
          clusters.push_back(*std::move(cluster));
        return absl::OkStatus();
      });
  if (!read.ok()) return read;
  std::sort(clusters.begin(), clusters.end(), [](const Cluster& a, const Cluster& b) {
    return std::tie(a.region, a.name, a.id) < std::tie(b.region, b.name, b.id);
  });
  return clusters;
}

absl::StatusOr<Cluster> ParseCluster(const nlohmann::json& item) {
  JsonReader in = JsonReader::Of(item, kSubject);
  Cluster cluster;
  if (in.status().ok()) cluster.tags = TagsIn(item);
  cluster.id = in.NonEmptyString("cluster_id");
  cluster.name = in.OptionalString("name");
  cluster.region = in.OptionalString("region_id");
  cluster.type = TypeOf(in.OptionalString("cluster_type"), in.OptionalString("profile"));
  cluster.state = in.OptionalString("state");
  cluster.version = in.OptionalString("current_version");
  cluster.resource_group = in.OptionalString("resource_group_id");
  ReadEndpoints(in.OptionalString("master_url"), &cluster);
  if (!in.status().ok()) return in.status();
  absl::Status valid = CheckClusterId(cluster.id);
  if (!valid.ok()) return WithContext(valid, absl::StrCat(kSubject, ": field \"cluster_id\""));
  return cluster;
}

std::string WhyNotUsable(const Cluster& cluster) {
  constexpr const char* kNotUsable[] = {"initial",       "failed",  "inactive",      "unavailable",
                                        "deleting",      "deleted", "waiting",       "disconnected",
                                        "delete_failed", "stopped", "create_timeout"};
  const bool usable =
      std::find(std::begin(kNotUsable), std::end(kNotUsable), cluster.state) == std::end(kNotUsable);
  return usable ? "" : absl::StrCat("is not running: its state is ", cluster.state);
}

}  // namespace credential_provider
