#include "tests/sandbox/cloud/cs_service.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/sandbox/cloud/cluster_json.h"
#include "tests/sandbox/cloud/kubeconfig_mint.h"
#include "tests/sandbox/wire/percent_encoding.h"
#include "tests/sandbox/wire/rfc3339.h"
#include "tests/sandbox/world/clusters.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kVersion[] = "2015-12-15";
constexpr int kLongestMinutes = 4320;
constexpr int kShortestMinutes = 15;
constexpr absl::Duration kLongLived = absl::Hours(24 * 365 * 3);

struct Route {
  const char* method;
  const char* pattern;  // "*" stands for one segment
  const char* action;
};

constexpr Route kRoutes[] = {
    {"GET", "/k8s/*/user_config", "DescribeClusterUserKubeconfig"},
    {"DELETE", "/k8s/*/certs", "RevokeK8sClusterKubeConfig"},
    {"GET", "/clusters/*", "DescribeClusterDetail"},
    {"GET", "/api/v1/clusters", "DescribeClustersV1"},
    {"GET", "/regions/*/clusters", "DescribeClustersForRegion"},
    {"GET", "/users/*/kubeconfig/states", "ListUserKubeConfigStates"},
};

// Returns what the stars of `pattern` stand for in `path`, or nothing when it does not fit.
absl::optional<std::vector<std::string>> Match(absl::string_view pattern, absl::string_view path) {
  const std::vector<absl::string_view> wanted = absl::StrSplit(pattern, '/');
  const std::vector<absl::string_view> segments = absl::StrSplit(path, '/');
  if (wanted.size() != segments.size()) return {};
  std::vector<std::string> stars;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "*") {
      stars.push_back(PercentDecode(segments[i]));
    } else if (wanted[i] != segments[i]) {
      return {};
    }
  }
  return stars;
}

HttpReply Json(const json& body) { return {200, body.dump()}; }

HttpReply Fail(const CsCall& call, absl::string_view code, absl::string_view message = "") {
  return RenderError({std::string(code), std::string(message)}, call.request);
}

HttpReply Forbid(const CsCall& call) {
  const bool session = !call.caller.security_token.empty();
  ServiceError error{"StatusForbidden", absl::StrCat(session ? "STSToken" : "RAM",
                                                     " policy Forbidden for action cs:", call.action)};
  error.auth_action = "cs:" + call.action;
  error.auth_principal_type = session ? "AssumedRoleUser" : "SubUser";
  return RenderError(error, call.request);
}

// Reads the integer parameter `name`; false when it is there but not a number from `least` to `most`.
bool ReadNumber(const NameValues& query, absl::string_view name, int least, int most, int* value) {
  if (!Contains(query, name)) return true;
  const std::string text = ValueOf(query, name);
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  return digits && absl::SimpleAtoi(text, value) && *value >= least && *value <= most;
}

// One page of a list, with the object that tells where it is in the whole.
struct Page {
  int number = 1;
  int size = 10;

  json Info(size_t total) const {
    return {{"page_number", number}, {"page_size", size}, {"total_count", total}};
  }
  template <typename T>
  std::vector<T> Cut(const std::vector<T>& all) const {
    const size_t first = std::min(all.size(), static_cast<size_t>(number - 1) * static_cast<size_t>(size));
    const size_t last = std::min(all.size(), first + static_cast<size_t>(size));
    return {all.begin() + static_cast<long>(first), all.begin() + static_cast<long>(last)};
  }
};

bool ReadPage(const NameValues& query, Page* page) {
  return ReadNumber(query, "page_number", 1, 1 << 20, &page->number) &&
         ReadNumber(query, "page_size", 1, 100, &page->size);
}

}  // namespace

HttpReply CsService::Handle(const HttpRequest& request) {
  for (const Route& route : kRoutes) {
    if (request.method != route.method) continue;
    absl::optional<std::vector<std::string>> arguments = Match(route.pattern, request.path);
    if (!arguments) continue;
    const Verdict verdict = world_.verifier.Verify(request, SigningRules::kOnce, world_.Now());
    if (!verdict.caller) return RenderError(verdict.error, request);
    if (request.Header("x-acs-action") != route.action || request.Header("x-acs-version") != kVersion) break;
    return Dispatch({request, *verdict.caller, route.action, *std::move(arguments)});
  }
  return RenderError({"InvalidAction.NotFound", ""}, request);
}

HttpReply CsService::Dispatch(const CsCall& call) {
  if (call.caller.rights == Rights::kNone) return Forbid(call);
  if (call.action == "DescribeClusterUserKubeconfig") return UserKubeconfig(call);
  if (call.action == "RevokeK8sClusterKubeConfig") return Revoke(call);
  if (call.action == "DescribeClusterDetail") return Detail(call);
  if (call.action == "ListUserKubeConfigStates") return States(call);
  return List(call);
}

absl::optional<Cluster> CsService::Find(const CsCall& call) const {
  return FindCluster(call.arguments[0], call.caller.principal.account, world_.settings.clusters);
}

HttpReply CsService::UserKubeconfig(const CsCall& call) {
  const NameValues query = call.request.Query();
  const std::string private_address = ValueOf(query, "PrivateIpAddress");
  int minutes = 0;
  if (!ReadNumber(query, "TemporaryDurationMinutes", kShortestMinutes, kLongestMinutes, &minutes)) {
    return Fail(call, "InvalidParameter.TemporaryDurationMinutes");
  }
  if (!private_address.empty() && private_address != "true" && private_address != "false") {
    return Fail(call, "InvalidParameter", "PrivateIpAddress must be true or false");
  }
  const absl::optional<Cluster> cluster = Find(call);
  if (!cluster) return Fail(call, "ErrorClusterNotFound");
  if (call.caller.rights == Rights::kFifteenMinutesOnly && minutes != kShortestMinutes) return Forbid(call);
  if (cluster->state != "running") return Fail(call, "ErrorClusterState");
  const absl::Duration lifetime = minutes == 0 ? kLongLived : absl::Minutes(minutes);
  return Json(MintKubeconfig({*cluster, call.caller, lifetime, private_address == "true"}, world_));
}

HttpReply CsService::Revoke(const CsCall& call) {
  const absl::optional<Cluster> cluster = Find(call);
  if (!cluster) return Fail(call, "ErrorClusterNotFound");
  world_.client_ca.Revoke(call.caller.principal.id, cluster->id);
  return Json(json::object());
}

HttpReply CsService::Detail(const CsCall& call) {
  const absl::optional<Cluster> cluster = Find(call);
  if (!cluster) return Fail(call, "ErrorClusterNotFound");
  return Json(ClusterJson(*cluster, world_.addresses, ClusterDetail::kAll));
}

HttpReply CsService::List(const CsCall& call) {
  NameValues filters = call.request.Query();
  Page page;
  if (!ReadPage(filters, &page))
    return Fail(call, "InvalidParameter", "page_number or page_size is out of range");
  const bool by_region = !call.arguments.empty();
  if (by_region) filters.insert(filters.begin(), {"region_id", call.arguments[0]});
  const std::vector<Cluster> all =
      FilterClusters(ClustersOf(call.caller.principal.account, world_.settings.clusters), filters);
  json items = json::array();
  for (const Cluster& cluster : page.Cut(all)) {
    items.push_back(ClusterJson(cluster, world_.addresses,
                                by_region ? ClusterDetail::kWithoutEndpoints : ClusterDetail::kAll));
  }
  return Json({{"clusters", items}, {"page_info", page.Info(all.size())}});
}

HttpReply CsService::States(const CsCall& call) {
  Page page;
  page.size = 50;
  if (!ReadPage(call.request.Query(), &page)) return Fail(call, "InvalidParameter", "page is out of range");
  const std::vector<Cluster> all = ClustersOf(call.caller.principal.account, world_.settings.clusters);
  json states = json::array();
  for (const Cluster& cluster : page.Cut(all)) {
    const CertificateState latest = world_.client_ca.LatestOf(call.arguments[0], cluster.id, world_.Now());
    states.push_back(
        {{"cluster_id", cluster.id},
         {"cluster_name", cluster.name},
         {"cluster_state", cluster.state},
         {"cert_state", latest.state},
         {"cert_expire_time", latest.state == "Unissued" ? "" : FormatRfc3339(latest.not_after)}});
  }
  return Json({{"page", page.Info(all.size())}, {"states", states}});
}

}  // namespace sandbox
