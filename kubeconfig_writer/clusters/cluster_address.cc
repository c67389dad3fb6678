#include "kubeconfig_writer/clusters/cluster_address.h"

#include <arpa/inet.h>

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
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

absl::Status CheckAuthority(const UserKubeconfig& cluster) {
  std::string pem;
  const bool is_certificate =
      absl::Base64Unescape(cluster.certificate_authority_data, &pem) && ReadCertificate(pem).ok();
  return is_certificate ? absl::OkStatus()
                        : absl::FailedPreconditionError(
                              "the server's authority in ACK's answer is missing, or no certificate in PEM");
}

absl::Status CheckServer(const UserKubeconfig& cluster, const AckOptions& options) {
  if (cluster.server.empty()) return NoEndpoint(options);
  const absl::StatusOr<Url> server = ParseUrl(cluster.server);
  if (!server.ok() || server->service.scheme != "https")
    return absl::FailedPreconditionError("no https server in ACK's answer");
  const bool is_private = !options.private_endpoint && IsPrivateAddress(server->service.host);
  return is_private ? NoEndpoint(options) : absl::OkStatus();
}

absl::Status Check(const UserKubeconfig& cluster, const AckOptions& options, ServerAddress address) {
  absl::Status sound = address == ServerAddress::kOfAck ? CheckServer(cluster, options) : absl::OkStatus();
  if (sound.ok()) sound = CheckAuthority(cluster);
  return WithHint(sound,
                  "kubectl could not use it either: look at the cluster's connection information in the "
                  "ACK console");
}

}  // namespace

absl::Status NoEndpoint(const AckOptions& options) {
  return WithHint(
      absl::NotFoundError(options.private_endpoint ? "has no private endpoint" : "has no public endpoint"),
      absl::StrCat("use --endpoint-type ", options.private_endpoint ? "public" : "private"));
}

absl::StatusOr<UserKubeconfig> FetchClusterAddress(const AckOptions& options, AckSession& service,
                                                   ServerAddress address) {
  absl::StatusOr<AcsClient> client = service.At(options);
  if (!client.ok()) return client.status();
  absl::StatusOr<UserKubeconfig> cluster = DescribeClusterUserKubeconfig(
      *client, service.key(), {options.cluster_id, options.private_endpoint, options.duration});
  if (!cluster.ok()) return cluster.status();
  absl::Status checked = CheckCluster(*cluster, options, address);
  if (!checked.ok()) return checked;
  return cluster;
}

absl::Status CheckCluster(const UserKubeconfig& cluster, const AckOptions& options, ServerAddress address) {
  return WithContext(Check(cluster, options, address), absl::StrCat("cluster ", options.cluster_id));
}

}  // namespace kubeconfig_writer
