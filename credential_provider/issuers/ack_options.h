// What the user says about an ACK cluster: parsed by credential_provider, formatted by kubeconfig_writer.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_ACK_OPTIONS_H_
#define CREDENTIAL_PROVIDER_ISSUERS_ACK_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"

namespace credential_provider {

// Where Container Service is asked.
struct CsEndpointOptions {
  std::string region;       // "" for the central endpoint, which serves every region
  std::string cs_endpoint;  // instead of any other; "" for none
};

struct AckOptions : CsEndpointOptions {
  std::string cluster_id;
  absl::Duration duration = absl::Hours(1);  // of the certificate; whole minutes
  bool private_endpoint = false;             // the API server's intranet address instead of the public one
};

// Flags that commands about other things have too.
inline constexpr FlagSpec kClusterIdFlag = {"--cluster-id", "ID",
                                            "the cluster: c and 32 hex digits, from the ACK console (needed)",
                                            nullptr, Preset::kNever};
inline constexpr FlagSpec kRegionFlag = {
    "--region", "REGION", "the cluster's region, such as cn-hangzhou (default: the central endpoint)"};
inline constexpr FlagSpec kCsEndpointFlag = {"--cs-endpoint", "URL",
                                             "where Container Service is, instead of the region's endpoint"};

// --endpoint-type, and the value that only those take who ask ACK what a cluster has and write that down: the
// public address where there is one, else the private one.
inline constexpr char kEndpointTypeFlag[] = "--endpoint-type";
inline constexpr absl::string_view kAutoEndpoint = "auto";

// True when --endpoint-type is that by a default, which is for those alone: to all others it says nothing.
bool IsAutoByDefault(const ParsedFlags& flags);

// Whether a command cannot do without --cluster-id.
enum class ClusterFlag { kNeeded, kOptional };

// Bounds of the API:
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-describeclusteruserkubeconfig
constexpr absl::Duration kShortestAckDuration = absl::Minutes(15);
constexpr absl::Duration kLongestAckDuration = absl::Hours(72);

// The flags of AckOptions.
std::vector<FlagSpec> AckFlags();

// InvalidArgument, naming the flag, when a value is missing or out of its bounds.
absl::StatusOr<AckOptions> ParseAckOptions(const ParsedFlags& flags,
                                           ClusterFlag cluster = ClusterFlag::kNeeded);
absl::StatusOr<CsEndpointOptions> ParseCsPlace(const ParsedFlags& flags);

// Returns the flags that stand for `options`, without those that are as by default. The inverse of the above.
std::vector<std::string> FormatAckOptions(const AckOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_ACK_OPTIONS_H_
