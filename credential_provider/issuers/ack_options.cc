#include "credential_provider/issuers/ack_options.h"

#include <initializer_list>
#include <iterator>
#include <utility>

#include "credential_provider/alibaba_cloud/cluster_id.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kDuration[] = "--duration";

constexpr FlagSpec kFlags[] = {
    kClusterIdFlag,
    kRegionFlag,
    {kDuration, "TIME", "how long a certificate lives: 15m to 72h, whole minutes (default: 1h)"},
    {kEndpointTypeFlag, "TYPE", "public or private: which address of the API server (default: public)",
     "public|private"},
    kCsEndpointFlag,
};

absl::Status CheckCluster(absl::string_view id, ClusterFlag cluster) {
  if (!id.empty()) return CheckClusterId(id);
  return cluster == ClusterFlag::kOptional ? absl::OkStatus()
                                           : absl::InvalidArgumentError("needed: the id of the cluster");
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

absl::string_view EndpointTypeIn(const ParsedFlags& flags) {
  return IsAutoByDefault(flags) ? "public" : flags.Get(kEndpointTypeFlag, "public");
}

// The first error of `checks`, which are about `flags`.
absl::Status First(const ParsedFlags& flags,
                   std::initializer_list<std::pair<const char*, absl::Status>> checks) {
  for (const auto& [flag, status] : checks) {
    if (!status.ok()) return flags.About(flag, status);
  }
  return absl::OkStatus();
}

}  // namespace

bool IsAutoByDefault(const ParsedFlags& flags) {
  return !flags.HasTyped(kEndpointTypeFlag) && flags.Get(kEndpointTypeFlag) == kAutoEndpoint;
}

std::vector<FlagSpec> AckFlags() { return {std::begin(kFlags), std::end(kFlags)}; }

absl::StatusOr<AckOptions> ParseAckOptions(const ParsedFlags& flags, ClusterFlag cluster) {
  AckOptions options;
  options.cluster_id = std::string(flags.Get(kClusterIdFlag.name));
  absl::Status valid = First(
      flags, {
                 {kClusterIdFlag.name, CheckCluster(options.cluster_id, cluster)},
                 {kDuration, CheckDuration(flags.Get(kDuration, "1h"), &options.duration)},
                 {kEndpointTypeFlag, CheckEndpointType(EndpointTypeIn(flags), &options.private_endpoint)},
             });
  if (!valid.ok()) return valid;
  absl::StatusOr<CsEndpointOptions> place = ParseCsPlace(flags);
  if (!place.ok()) return place.status();
  static_cast<CsEndpointOptions&>(options) = *std::move(place);
  return options;
}

absl::StatusOr<CsEndpointOptions> ParseCsPlace(const ParsedFlags& flags) {
  CsEndpointOptions place = {std::string(flags.Get(kRegionFlag.name)),
                             std::string(flags.Get(kCsEndpointFlag.name))};
  absl::Status valid = First(
      flags, {
                 {kRegionFlag.name, place.region.empty() ? absl::OkStatus() : CheckRegion(place.region)},
                 {kCsEndpointFlag.name, CsEndpoint(place.region, place.cs_endpoint).status()},
             });
  if (!valid.ok()) return valid;
  return place;
}

std::vector<std::string> FormatAckOptions(const AckOptions& options) {
  const AckOptions defaults;
  std::vector<std::string> args = {kClusterIdFlag.name, options.cluster_id};
  if (!options.region.empty()) args.insert(args.end(), {kRegionFlag.name, options.region});
  if (options.duration != defaults.duration)
    args.insert(args.end(), {kDuration, absl::FormatDuration(options.duration)});
  if (options.private_endpoint) args.insert(args.end(), {kEndpointTypeFlag, "private"});
  if (!options.cs_endpoint.empty()) args.insert(args.end(), {kCsEndpointFlag.name, options.cs_endpoint});
  return args;
}

}  // namespace credential_provider
