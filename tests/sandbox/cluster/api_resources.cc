#include "tests/sandbox/cluster/api_resources.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace sandbox {
namespace {

using nlohmann::json;

// The groups in the order of the table, each with its versions.
using Groups = std::vector<std::pair<std::string, std::vector<std::string>>>;

Groups GroupsOf(bool core) {
  Groups groups;
  for (const ApiResource& resource : ApiResources()) {
    if ((resource.group[0] == '\0') != core) continue;
    if (groups.empty() || groups.back().first != resource.group) groups.push_back({resource.group, {}});
    std::vector<std::string>& versions = groups.back().second;
    if (versions.empty() || versions.back() != resource.version) versions.emplace_back(resource.version);
  }
  return groups;
}

std::string GroupVersion(const std::string& group, const std::string& version) {
  return group.empty() ? version : absl::StrCat(group, "/", version);
}

json ShortNames(const ApiResource& resource) {
  return resource.short_name[0] == '\0' ? json::array() : json::array({resource.short_name});
}

json AggregatedResource(const ApiResource& resource) {
  return {
      {"resource", resource.name},
      {"responseKind", {{"group", resource.group}, {"version", resource.version}, {"kind", resource.kind}}},
      {"scope", resource.namespaced ? "Namespaced" : "Cluster"},
      {"singularResource", resource.singular},
      {"shortNames", ShortNames(resource)},
      {"verbs", resource.verbs}};
}

json AggregatedVersion(const std::string& group, const std::string& version) {
  json resources = json::array();
  for (const ApiResource& resource : ApiResources()) {
    if (resource.group == group && resource.version == version)
      resources.push_back(AggregatedResource(resource));
  }
  return {{"version", version}, {"freshness", "Current"}, {"resources", resources}};
}

HttpReply Aggregated(bool core, const std::string& version) {
  json items = json::array();
  for (const auto& [group, versions] : GroupsOf(core)) {
    json listed = json::array();
    for (const std::string& name : versions) listed.push_back(AggregatedVersion(group, name));
    items.push_back({{"metadata", {{"name", group}}}, {"versions", listed}});
  }
  const json list = {{"kind", "APIGroupDiscoveryList"},
                     {"apiVersion", absl::StrCat("apidiscovery.k8s.io/", version)},
                     {"metadata", json::object()},
                     {"items", items}};
  return {200, list.dump(),
          absl::StrCat("application/json;g=apidiscovery.k8s.io;v=", version, ";as=APIGroupDiscoveryList")};
}

json VersionEntry(const std::string& group, const std::string& version) {
  return {{"groupVersion", GroupVersion(group, version)}, {"version", version}};
}

json GroupList() {
  json groups = json::array();
  for (const auto& [group, versions] : GroupsOf(false)) {
    json listed = json::array();
    for (const std::string& version : versions) listed.push_back(VersionEntry(group, version));
    groups.push_back({{"name", group}, {"versions", listed}, {"preferredVersion", listed[0]}});
  }
  return {{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", groups}};
}

json CoreVersions() {
  return {{"kind", "APIVersions"}, {"versions", {"v1"}}, {"serverAddressByClientCIDRs", json::array()}};
}

// Returns the resources of one group and version; an empty list when there is no such version.
json ResourceList(const std::string& group_version) {
  json resources = json::array();
  for (const ApiResource& resource : ApiResources()) {
    if (GroupVersion(resource.group, resource.version) != group_version) continue;
    resources.push_back({{"name", resource.name},
                         {"singularName", resource.singular},
                         {"namespaced", resource.namespaced},
                         {"kind", resource.kind},
                         {"verbs", resource.verbs},
                         {"shortNames", ShortNames(resource)}});
  }
  return {{"kind", "APIResourceList"},
          {"apiVersion", "v1"},
          {"groupVersion", group_version},
          {"resources", resources}};
}

HttpReply Json(const json& body) { return {200, body.dump(), "application/json"}; }

// Returns the newest version of aggregated discovery that the client accepts, or "".
std::string AggregatedVersionFor(const std::string& accept) {
  for (const char* version : {"v2", "v2beta1"}) {
    if (absl::StrContains(accept, absl::StrCat("g=apidiscovery.k8s.io;v=", version, ";"))) return version;
  }
  return "";
}

}  // namespace

const std::vector<ApiResource>& ApiResources() {
  static const auto* resources = new std::vector<ApiResource>{
      {"", "v1", "namespaces", "namespace", "Namespace", "ns", false, {"get", "list", "watch"}},
      {"", "v1", "pods", "pod", "Pod", "po", true, {"get", "list", "watch"}},
      {"",
       "v1",
       "configmaps",
       "configmap",
       "ConfigMap",
       "cm",
       true,
       {"create", "delete", "get", "list", "patch", "update", "watch"}},
      {"authentication.k8s.io",
       "v1",
       "selfsubjectreviews",
       "selfsubjectreview",
       "SelfSubjectReview",
       "",
       false,
       {"create"}},
      {"authentication.k8s.io",
       "v1beta1",
       "selfsubjectreviews",
       "selfsubjectreview",
       "SelfSubjectReview",
       "",
       false,
       {"create"}},
      {"authentication.k8s.io",
       "v1alpha1",
       "selfsubjectreviews",
       "selfsubjectreview",
       "SelfSubjectReview",
       "",
       false,
       {"create"}},
      {"authorization.k8s.io",
       "v1",
       "selfsubjectaccessreviews",
       "selfsubjectaccessreview",
       "SelfSubjectAccessReview",
       "",
       false,
       {"create"}},
  };
  return *resources;
}

absl::optional<HttpReply> Discover(const HttpRequest& request) {
  const std::string aggregated = AggregatedVersionFor(request.Header("accept"));
  if (request.path == "/api" || request.path == "/apis") {
    const bool core = request.path == "/api";
    if (!aggregated.empty()) return Aggregated(core, aggregated);
    return Json(core ? CoreVersions() : GroupList());
  }
  if (request.path == "/api/v1") return Json(ResourceList("v1"));
  if (!absl::StartsWith(request.path, "/apis/")) return {};
  const std::string group_version = request.path.substr(std::string("/apis/").size());
  if (std::count(group_version.begin(), group_version.end(), '/') != 1) return {};
  const json list = ResourceList(group_version);
  if (list["resources"].empty()) return {};
  return Json(list);
}

}  // namespace sandbox
