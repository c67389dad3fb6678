#include "kubeconfig_writer/commands/clusters_command.h"

#include <unistd.h>

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

std::vector<FlagSpec> ClustersFlags(const Command&) {
  std::vector<FlagSpec> flags = {
      {kRegionFlag.name, kRegionFlag.value, "only the clusters of this region (default: of all)"},
      kCsEndpointFlag};
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.push_back(kOutputOrWideFlag);
  return flags;
}

absl::StatusOr<std::vector<Cluster>> Describe(const Caller& caller, const CsEndpointOptions& place,
                                              const Environment& environment) {
  absl::StatusOr<std::unique_ptr<AckSession>> service = AckSession::SignIn(caller, environment);
  if (!service.ok()) return service.status();
  absl::StatusOr<AcsClient> client = (*service)->At(place);
  if (!client.ok()) return client.status();
  return DescribeClusters(*client, (*service)->key(), {"", "", place.region});
}

// An empty answer does not tell whether there is such a region.
void WarnOfRegion(const std::string& region) {
  const absl::Status known = CheckRegionIsKnown(region);
  PrintWarning(kWriterProgramName,
               known.ok()
                   ? WithHint(absl::NotFoundError(absl::StrCat("region ", Printable(region),
                                                               ": no cluster that this identity can see")),
                              "`kubeconfig_writer clusters` shows those of all regions")
                   : known);
}

std::vector<std::string> NamesOf(const std::vector<Cluster>& clusters) {
  std::vector<std::string> names;
  for (const Cluster& cluster : clusters) names.push_back(cluster.name);
  return names;
}

// What fits into 80 columns. ADDRESS is where kubectl can reach it from.
std::string FormatShortTable(absl::Span<const Cluster> clusters) {
  if (clusters.empty()) return LineFor(STDOUT_FILENO, "no clusters");
  constexpr size_t kName = 0, kId = 5;
  std::vector<TableRow> rows = {{"NAME", "REGION", "TYPE", "STATE", "ADDRESS", "ID"}};
  for (const Cluster& cluster : clusters) {
    const std::string address = !cluster.public_endpoint.empty()    ? "public"
                                : !cluster.private_endpoint.empty() ? "private"
                                                                    : "";
    rows.push_back({cluster.name, cluster.region, cluster.type, cluster.state, address, cluster.id});
  }
  return FormatTable(rows, {{kName, kId}});
}

absl::StatusOr<Output> RunClusters(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<CsEndpointOptions> place = ParseCsPlace(flags);
  if (!place.ok()) return UsageError(place.status());
  absl::StatusOr<std::vector<Cluster>> clusters = Describe(*caller, *place, environment);
  if (!clusters.ok()) return clusters.status();
  if (clusters->empty() && !place->region.empty()) WarnOfRegion(place->region);
  if (IsData(*format)) return Output{FormatData(ClustersJson(*clusters), *format)};
  if (*format == OutputFormat::kName) return Output{FormatNames(NamesOf(*clusters))};
  const bool is_wide = *format == OutputFormat::kWide || !IsTerminal(STDOUT_FILENO);
  return Output{is_wide ? FormatClustersTable(*clusters) : FormatShortTable(*clusters)};
}

}  // namespace

std::string FormatClustersTable(absl::Span<const Cluster> clusters) {
  if (clusters.empty()) return LineFor(STDOUT_FILENO, "no clusters");
  std::vector<TableRow> rows = {{"ID", "NAME", "REGION", "TYPE", "STATE", "VERSION", "PUBLIC", "PRIVATE"}};
  for (const Cluster& cluster : clusters) {
    rows.push_back({cluster.id, cluster.name, cluster.region, cluster.type, cluster.state, cluster.version,
                    cluster.public_endpoint, cluster.private_endpoint});
  }
  return FormatTable(rows);
}

nlohmann::ordered_json ClustersJson(absl::Span<const Cluster> clusters) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Cluster& cluster : clusters) {
    list.push_back({{"id", cluster.id},
                    {"name", cluster.name},
                    {"region", cluster.region},
                    {"type", cluster.type},
                    {"state", cluster.state},
                    {"version", cluster.version},
                    {"publicEndpoint", cluster.public_endpoint},
                    {"privateEndpoint", cluster.private_endpoint}});
  }
  return list;
}

const Command kClustersCommand = {
    "clusters",
    "",
    "what there is to install",
    R"(Shows the ACK clusters that the identity can see: id, name, region, type (managed, dedicated, serverless, edge,
lingjun or registered), state, version, and the public and private address of the API server. At a terminal the table is
short: whether there is a public address or only a private one; all is there with `-o wide`, and in a pipe.)",
    &ClustersFlags,
    &RunClusters,
};

}  // namespace kubeconfig_writer
