#include "credential_provider/issuers/ack_options.h"

#include <initializer_list>
#include <utility>

#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kClusterId[] = "--cluster-id";
constexpr char kRegion[] = "--region";
constexpr char kDuration[] = "--duration";
constexpr char kEndpointType[] = "--endpoint-type";
constexpr char kCsEndpoint[] = "--cs-endpoint";

constexpr FlagSpec kFlags[] = {
    {kClusterId, "ID", "the cluster: c and 32 hex digits, from the ACK console (needed)"},
    {kRegion, "REGION", "the cluster's region, such as cn-hangzhou (default: the central endpoint)"},
    {kDuration, "TIME", "how long a certificate lives: 15m to 72h, whole minutes (default: 1h)"},
    {kEndpointType, "TYPE", "public or private: which address of the API server (default: public)",
     "public|private"},
    {kCsEndpoint, "URL", "where Container Service is, instead of the region's endpoint"},
};

absl::Status CheckClusterId(absl::string_view id) {
  constexpr size_t kLongest = 64;
  if (id.empty()) return absl::InvalidArgumentError("needed: the id of the cluster");
  const bool valid =
      id.size() <= kLongest &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
          absl::string_view::npos;
  return valid ? absl::OkStatus() : absl::InvalidArgumentError("not a cluster id: c and 32 hex digits");
}

absl::Status CheckDuration(absl::string_view text, absl::Duration* duration) {
  if (!absl::ParseDuration(text, duration))
    return absl::InvalidArgumentError("not a time such as 15m, 1h or 1h30m");
  if (*duration < kShortestAckDuration || *duration > kLongestAckDuration) {
    return absl::InvalidArgumentError("not between 15m and 72h");
  }
  if (*duration != absl::Trunc(*duration, absl::Minutes(1)))
    return absl::InvalidArgumentError("not whole minutes");
  return absl::OkStatus();
}

absl::Status CheckEndpointType(absl::string_view type, bool* is_private) {
  *is_private = type == "private";
  return *is_private || type == "public" ? absl::OkStatus()
                                         : absl::InvalidArgumentError("neither public nor private");
}

// The first error of `checks`, with the name of its flag.
absl::Status First(std::initializer_list<std::pair<const char*, absl::Status>> checks) {
  for (const auto& [flag, status] : checks) {
    if (!status.ok()) return WithContext(status, flag);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Span<const FlagSpec> AckFlags() { return kFlags; }

absl::StatusOr<AckOptions> ParseAckOptions(const ParsedFlags& flags) {
  AckOptions options;
  options.cluster_id = std::string(flags.Get(kClusterId));
  options.region = std::string(flags.Get(kRegion));
  options.cs_endpoint = std::string(flags.Get(kCsEndpoint));
  absl::Status valid = First({
      {kClusterId, CheckClusterId(options.cluster_id)},
      {kRegion, options.region.empty() ? absl::OkStatus() : CheckRegion(options.region)},
      {kDuration, CheckDuration(flags.Get(kDuration, "1h"), &options.duration)},
      {kEndpointType, CheckEndpointType(flags.Get(kEndpointType, "public"), &options.private_endpoint)},
      {kCsEndpoint, CsEndpoint(options.region, options.cs_endpoint).status()},
  });
  if (!valid.ok()) return valid;
  return options;
}

std::vector<std::string> FormatAckOptions(const AckOptions& options) {
  const AckOptions defaults;
  std::vector<std::string> args = {kClusterId, options.cluster_id};
  if (!options.region.empty()) args.insert(args.end(), {kRegion, options.region});
  if (options.duration != defaults.duration)
    args.insert(args.end(), {kDuration, absl::FormatDuration(options.duration)});
  if (options.private_endpoint) args.insert(args.end(), {kEndpointType, "private"});
  if (!options.cs_endpoint.empty()) args.insert(args.end(), {kCsEndpoint, options.cs_endpoint});
  return args;
}

}  // namespace credential_provider
