#include "kubeconfig_writer/commands/clusters_command.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/fleet_flags.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Of several profiles, whose cluster it is.
struct Row {
  std::string profile;
  Cluster cluster;
};

std::vector<FlagSpec> ClustersFlags(const Command&) {
  std::vector<FlagSpec> flags = {{kRegionFlag.name, kRegionFlag.value,
                                  "only the clusters of this region; or several, with commas (default: all)"},
                                 kCsEndpointFlag};
  flags.insert(flags.end(), FleetFilterFlags().begin(), FleetFilterFlags().end());
  std::vector<FlagSpec> caller = CallerFlags();
  const auto is_profile = [](const FlagSpec& flag) {
    return absl::string_view(flag.name) == kProfilesFlag.name;
  };
  std::replace_if(caller.begin(), caller.end(), is_profile, kProfilesFlag);
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

// What is asked for.
struct Request {
  Caller caller;
  std::vector<std::string> profiles;  // none for whoever is found
  CsEndpointOptions place;
  FleetFilter filter;
};

absl::StatusOr<Request> ParseRequest(const Command& command, const ParsedFlags& given) {
  Request request;
  absl::StatusOr<FleetFilter> filter = ParseFleetFilter(given);
  if (!filter.ok()) return filter.status();
  request.filter = *std::move(filter);
  const ParsedFlags flags = ForOnePlace(command.flags(command), given);
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return caller.status();
  request.caller = *std::move(caller);
  request.profiles = ListIn(request.caller.identity.profile);
  absl::StatusOr<CsEndpointOptions> place = ParseCsPlace(flags);
  if (!place.ok()) return place.status();
  request.place = *std::move(place);
  return request;
}

// Appends the rows of one profile, "" for whoever is found, and adds the regions of all its clusters.
absl::Status AddRows(Request request, const std::string& profile, const Environment& environment,
                     std::vector<Row>* rows, std::set<std::string>* regions) {
  if (!profile.empty()) request.caller.identity.profile = profile;
  absl::StatusOr<std::vector<Cluster>> clusters = Describe(request.caller, request.place, environment);
  if (!clusters.ok()) return clusters.status();
  for (Cluster& cluster : *clusters) {
    regions->insert(cluster.region);
    if (Takes(request.filter, cluster)) rows->push_back({profile, std::move(cluster)});
  }
  return absl::OkStatus();
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

std::vector<std::string> NamesOf(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.cluster.name);
  return names;
}

// Whose each cluster is, before what else is in its row.
std::vector<TableRow> WithProfiles(std::vector<TableRow> table, const std::vector<Row>& rows) {
  table.front().insert(table.front().begin(), "PROFILE");
  for (size_t i = 0; i < rows.size(); ++i) table[i + 1].insert(table[i + 1].begin(), rows[i].profile);
  return table;
}

// What fits into 80 columns. ADDRESS is where kubectl can reach it from.
std::string FormatShortTable(const std::vector<Row>& rows, bool of_several) {
  std::vector<TableRow> table = {{"NAME", "REGION", "TYPE", "STATE", "ADDRESS", "ID"}};
  for (const Row& row : rows) {
    const Cluster& cluster = row.cluster;
    const std::string address = !cluster.public_endpoint.empty()    ? "public"
                                : !cluster.private_endpoint.empty() ? "private"
                                                                    : "";
    table.push_back({cluster.name, cluster.region, cluster.type, cluster.state, address, cluster.id});
  }
  constexpr size_t kName = 0, kId = 5;
  if (of_several) return FormatTable(WithProfiles(std::move(table), rows), {{kName + 1, kId + 1}});
  return FormatTable(table, {{kName, kId}});
}

std::string FormatWideTable(const std::vector<Row>& rows, bool of_several) {
  std::vector<TableRow> table = {{"ID", "NAME", "REGION", "TYPE", "STATE", "VERSION", "PUBLIC", "PRIVATE"}};
  for (const Row& row : rows) {
    const Cluster& cluster = row.cluster;
    table.push_back({cluster.id, cluster.name, cluster.region, cluster.type, cluster.state, cluster.version,
                     cluster.public_endpoint, cluster.private_endpoint});
  }
  if (of_several) table = WithProfiles(std::move(table), rows);
  return FormatTable(table);
}

nlohmann::ordered_json RowsJson(const std::vector<Row>& rows, bool of_several) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    const Cluster& cluster = row.cluster;
    nlohmann::ordered_json item = {{"id", cluster.id},
                                   {"name", cluster.name},
                                   {"region", cluster.region},
                                   {"type", cluster.type},
                                   {"state", cluster.state},
                                   {"version", cluster.version},
                                   {"publicEndpoint", cluster.public_endpoint},
                                   {"privateEndpoint", cluster.private_endpoint},
                                   {"resourceGroup", cluster.resource_group},
                                   {"tags", nlohmann::ordered_json::object()}};
    for (const auto& [key, value] : cluster.tags) item["tags"][key] = value;
    if (of_several) item["profile"] = row.profile;
    list.push_back(std::move(item));
  }
  return list;
}

std::string Format(const std::vector<Row>& rows, OutputFormat format, bool of_several) {
  if (IsData(format)) return FormatData(RowsJson(rows, of_several), format);
  if (format == OutputFormat::kName) return FormatNames(NamesOf(rows));
  if (rows.empty()) return LineFor(STDOUT_FILENO, "no clusters");
  const bool is_wide = format == OutputFormat::kWide || !IsTerminal(STDOUT_FILENO);
  return is_wide ? FormatWideTable(rows, of_several) : FormatShortTable(rows, of_several);
}

absl::StatusOr<Output> RunClusters(const Command& command, const ParsedFlags& flags,
                                   const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<Request> request = ParseRequest(command, flags);
  if (!request.ok()) return UsageError(request.status());
  const std::vector<std::string>& profiles = request->profiles;
  std::vector<Row> rows;
  std::set<std::string> regions;
  size_t failed = 0;
  for (size_t i = 0; i < std::max<size_t>(profiles.size(), 1); ++i) {
    const std::string profile = profiles.empty() ? "" : profiles[i];
    absl::Status added = AddRows(*request, profile, environment, &rows, &regions);
    if (added.ok()) continue;
    if (profiles.size() < 2) return added;
    PrintError(kWriterProgramName, WithContext(added, absl::StrCat("profile ", Printable(profile, 60))));
    if (++failed == profiles.size())
      return absl::FailedPreconditionError("none of the profiles could be used");
  }
  if (failed == 0) {
    for (const std::string& region : RegionsWithoutCluster(request->filter, regions)) WarnOfRegion(region);
  }
  return Output{Format(rows, *format, profiles.size() > 1), failed == 0 ? kSuccess : kFailure};
}

}  // namespace

const Command kClustersCommand = {
    "clusters",
    "",
    "what there is to install",
    R"(Shows the ACK clusters that the identity can see: id, name, region, type (managed, dedicated, serverless, edge,
lingjun or registered), state, version, and the public and private address of the API server. At a terminal the table is
short: whether there is a public address or only a private one; all is there with `-o wide`, and in a pipe; tags and
resource groups in `-o json`. Of several profiles it says whose each is; the status is 1 when one of them failed.)",
    &ClustersFlags,
    &RunClusters,
};

}  // namespace kubeconfig_writer
