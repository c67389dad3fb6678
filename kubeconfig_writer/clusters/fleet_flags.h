// The flags by which a command is about many clusters: of several regions, and of those the ones with a name,
// a type, a tag.
#ifndef KUBECONFIG_WRITER_CLUSTERS_FLEET_FLAGS_H_
#define KUBECONFIG_WRITER_CLUSTERS_FLEET_FLAGS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/issuers/ack_options.h"

namespace kubeconfig_writer {

// What is taken of the list of clusters. What is empty takes all.
struct FleetFilter {
  std::vector<std::string> regions;
  std::string name_pattern;  // of the shell's: *, ?, [...]
  std::vector<std::string> types;
  std::vector<std::string> states;
  std::vector<std::string> resource_groups;
  std::vector<std::pair<std::string, absl::optional<std::string>>> tags;  // all of them; no value for any

  // Whether it takes less than there is in its regions.
  bool narrows() const;
};

// --region of such a command, and --endpoint-type of one that writes what ACK says (kAutoEndpoint).
inline constexpr credential_provider::FlagSpec kRegionsFlag = {
    credential_provider::kRegionFlag.name, "REGION",
    "the cluster's region (default: the central endpoint); of many: one, several, with commas, or all"};
inline constexpr credential_provider::FlagSpec kEndpointOrAutoFlag = {
    credential_provider::kEndpointTypeFlag, "TYPE",
    "which address of the API server: public, private, or auto, the public one where there is one (default: "
    "public)",
    "public|private|auto"};

inline constexpr credential_provider::FlagSpec kProfilesFlag = {
    "--profile", "NAME",
    "the profile of ~/.aliyun/config.json, or section of ~/.alibabacloud/credentials; for many clusters also "
    "several, with commas",
    nullptr, credential_provider::Preset::kCaller};

// Puts these in the place of what `flags` have under their names.
void ForManyPlaces(std::vector<credential_provider::FlagSpec>* flags);

// The flags of a FleetFilter but for the region's.
absl::Span<const credential_provider::FlagSpec> FleetFilterFlags();

// InvalidArgument names the flag.
absl::StatusOr<FleetFilter> ParseFleetFilter(const credential_provider::ParsedFlags& flags);

// Tells whether `filter` takes `cluster`, which is in the region if ACK was asked about one; or what is in
// `region`.
bool Takes(const FleetFilter& filter, const credential_provider::Cluster& cluster);
bool TakesRegion(const FleetFilter& filter, absl::string_view region);

// Returns the regions that `filter` names beside those in which there are clusters, whatever else it takes:
// they may be mistyped.
std::vector<std::string> RegionsWithoutCluster(const FleetFilter& filter,
                                               const std::set<std::string>& with_clusters);

// Returns `flags`, parsed with `specs`, as who knows one region and two endpoint types reads them: without
// --region unless it is a single one, and without an --endpoint-type that is auto.
credential_provider::ParsedFlags ForOnePlace(absl::Span<const credential_provider::FlagSpec> specs,
                                             const credential_provider::ParsedFlags& flags);

// Returns the parts of a value that commas separate, each once.
std::vector<std::string> ListIn(absl::string_view value);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_FLEET_FLAGS_H_
