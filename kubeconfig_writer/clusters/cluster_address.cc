#include "kubeconfig_writer/clusters/cluster_address.h"

#include <arpa/inet.h>

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

struct Network {
  uint32_t address;
  int bits;
};

// RFC 1918, RFC 6598 and loopback.
constexpr Network kPrivate[] = {
    {0x0a000000, 8}, {0xac100000, 12}, {0xc0a80000, 16}, {0x64400000, 10}, {0x7f000000, 8}};

// Tells whether `host` is an IPv4 address that cannot be reached from everywhere.
bool IsPrivateAddress(const std::string& host) {
  in_addr parsed;
  if (inet_pton(AF_INET, host.c_str(), &parsed) != 1) return false;
  const uint32_t address = ntohl(parsed.s_addr);
  for (const Network& network : kPrivate) {
    if ((address ^ network.address) >> (32 - network.bits) == 0) return true;
  }
  return false;
}

absl::Status Check(const UserKubeconfig& cluster, const AckOptions& options) {
  if (cluster.server.empty()) return NoEndpoint(options);
  const absl::StatusOr<Url> server = ParseUrl(cluster.server);
  std::string authority;
  if (!server.ok() || server->service.scheme != "https" || cluster.certificate_authority_data.empty() ||
      !absl::Base64Unescape(cluster.certificate_authority_data, &authority)) {
    return WithHint(
        absl::FailedPreconditionError("no https server with an authority in ACK's answer"),
        "kubectl could not use it either: look at the cluster's connection information in the ACK console");
  }
  const bool is_private = !options.private_endpoint && IsPrivateAddress(server->service.host);
  return is_private ? NoEndpoint(options) : absl::OkStatus();
}

}  // namespace

absl::Status NoEndpoint(const AckOptions& options) {
  return WithHint(absl::NotFoundError(
                      absl::StrCat("has no ", options.private_endpoint ? "private" : "public", " endpoint")),
                  absl::StrCat("use --endpoint-type ", options.private_endpoint ? "public" : "private"));
}

absl::StatusOr<UserKubeconfig> FetchClusterAddress(const AckOptions& options, AckSession& service) {
  absl::StatusOr<AcsClient> client = service.At(options);
  if (!client.ok()) return client.status();
  absl::StatusOr<UserKubeconfig> cluster = DescribeClusterUserKubeconfig(
      *client, service.key(), {options.cluster_id, options.private_endpoint, options.duration});
  if (!cluster.ok()) return cluster.status();
  absl::Status checked = CheckCluster(*cluster, options);
  if (!checked.ok()) return checked;
  return cluster;
}

absl::Status CheckCluster(const UserKubeconfig& cluster, const AckOptions& options) {
  return WithContext(Check(cluster, options), absl::StrCat("cluster ", options.cluster_id));
}

}  // namespace kubeconfig_writer
