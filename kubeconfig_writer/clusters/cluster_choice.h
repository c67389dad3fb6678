// Which clusters a command is for: one by its id or name, all, or those that a person picks.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CLUSTER_CHOICE_H_
#define KUBECONFIG_WRITER_CLUSTERS_CLUSTER_CHOICE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/issuers/ack_options.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/fleet_flags.h"

namespace kubeconfig_writer {

struct ClusterChoice {
  enum class By { kId, kName, kAll, kAsking };
  By by = By::kId;
  std::string value;           // the id or the name
  bool address_given = false;  // so that ACK need not have one
  bool any_endpoint = false;   // the public address where there is one, else the private one
  FleetFilter filter = {};     // of many: which of them
};

// True for what an id of a cluster looks like: c and 32 hex digits.
bool LooksLikeClusterId(absl::string_view text);

// The flags of a ClusterChoice but for --cluster-id, --endpoint-type and those of the filter, and what they
// and an operand, a name or an id, mean. InvalidArgument unless exactly one is given, and for a filter of
// one.
absl::Span<const credential_provider::FlagSpec> ClusterChoiceFlags();
absl::StatusOr<ClusterChoice> ParseClusterChoice(const credential_provider::ParsedFlags& flags);

// Returns whether any is given; and `flags` as if --interactive had been.
bool HasClusterChoice(const credential_provider::ParsedFlags& flags);
credential_provider::ParsedFlags WithAsking(const credential_provider::ParsedFlags& flags);

struct ChosenClusters {
  std::vector<credential_provider::Cluster> clusters;
  std::vector<std::string> skipped;  // of all: "prod (c00…2): has no public endpoint"
};

// Asks for the list of clusters, of the region of `options` if that is set.
absl::StatusOr<std::vector<credential_provider::Cluster>> ListClusters(
    const credential_provider::AckOptions& options, AckSession& service);

// Returns those of `listed` that the filter of `choice` takes; what cannot be used is skipped.
ChosenClusters ChooseAmong(std::vector<credential_provider::Cluster> listed, const ClusterChoice& choice,
                           const credential_provider::AckOptions& options);

// Returns `options` for `cluster`, whose addresses decide on the endpoint where `choice` is for any.
credential_provider::AckOptions WithEndpoint(credential_provider::AckOptions options,
                                             const ClusterChoice& choice,
                                             const credential_provider::Cluster& cluster);

// Returns the clusters that `choice` means. Asks `service` for the list of clusters, in the region of
// `options` if that is set; for an id only when `details` are wanted: without them its cluster has nothing
// but the id. Of all, those that cannot be used with the endpoint of `options` are skipped; when it is one by
// name that is an error, as is a name that several have.
absl::StatusOr<ChosenClusters> ChooseClusters(const ClusterChoice& choice,
                                              const credential_provider::AckOptions& options, bool details,
                                              AckSession& service,
                                              const credential_provider::Environment& environment);

// Returns the numbers in `line`, which blanks and commas separate, less one. InvalidArgument unless each is
// from 1 to `most`; one that is there twice counts once.
absl::StatusOr<std::vector<size_t>> ParsePicks(absl::string_view line, size_t most);

// Returns the numbers, from 0, of those of `clusters` that have `text` in their name, id or region, in
// whatever case.
std::vector<size_t> ClustersWith(absl::string_view text,
                                 absl::Span<const credential_provider::Cluster> clusters);

// "dev (c0123456789abcdef0123456789abcde0)", or the id alone: what a person is shown.
std::string TitleOf(const credential_provider::Cluster& cluster);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CLUSTER_CHOICE_H_
