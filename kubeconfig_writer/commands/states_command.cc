#include "kubeconfig_writer/commands/states_command.h"

#include <unistd.h>

#include <memory>
#include <vector>

#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

std::vector<FlagSpec> StatesFlags(const Command&) {
  std::vector<FlagSpec> flags = {kRegionFlag, kCsEndpointFlag};
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.push_back(kOutputFlag);
  return flags;
}

// Returns the id of the user or role that calls. A role's principal is "ID:SESSION".
absl::StatusOr<std::string> UserId(AckSession& service, const Environment& environment) {
  absl::StatusOr<AcsClient> sts = service.Sts(environment);
  if (!sts.ok()) return sts.status();
  absl::StatusOr<CallerIdentity> caller = GetCallerIdentity(*sts, service.key());
  if (!caller.ok()) return caller.status();
  return caller->principal_id.substr(0, caller->principal_id.find(':'));
}

absl::StatusOr<std::vector<KubeconfigState>> List(const Caller& caller, const CsEndpointOptions& place,
                                                  const Environment& environment) {
  absl::StatusOr<std::unique_ptr<AckSession>> service = AckSession::SignIn(caller, environment);
  if (!service.ok()) return service.status();
  absl::StatusOr<std::string> user = UserId(**service, environment);
  if (!user.ok()) return user.status();
  absl::StatusOr<AcsClient> client = (*service)->At(place);
  if (!client.ok()) return client.status();
  return ListUserKubeconfigStates(*client, (*service)->key(), *user);
}

absl::StatusOr<Output> RunStates(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<OutputFormat> format = ParseOutputFormat(flags);
  if (!format.ok()) return format.status();
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<CsEndpointOptions> place = ParseCsPlace(flags);
  if (!place.ok()) return UsageError(place.status());
  absl::StatusOr<std::vector<KubeconfigState>> states = List(*caller, *place, environment);
  if (!states.ok()) return states.status();
  return Output{IsData(*format) ? FormatData(StatesJson(*states), *format) : FormatStatesTable(*states)};
}

}  // namespace

std::string FormatStatesTable(absl::Span<const KubeconfigState> states) {
  if (states.empty()) return LineFor(STDOUT_FILENO, "no kubeconfigs");
  std::vector<TableRow> rows = {{"CLUSTER", "NAME", "CLUSTER STATE", "KUBECONFIG", "EXPIRES"}};
  for (const KubeconfigState& state : states)
    rows.push_back({state.cluster_id, state.cluster_name, state.cluster_state, state.state, state.expires});
  return FormatTable(rows,
                     {{1}, [](absl::string_view cell) { return cell == "Expired" || cell == "Removed"; }});
}

nlohmann::ordered_json StatesJson(absl::Span<const KubeconfigState> states) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const KubeconfigState& state : states) {
    list.push_back({{"clusterId", state.cluster_id},
                    {"clusterName", state.cluster_name},
                    {"clusterState", state.cluster_state},
                    {"state", state.state},
                    {"expires", state.expires}});
  }
  return list;
}

const Command kStatesCommand = {
    "states",
    "",
    "the state of your kubeconfig for each cluster",
    R"(Shows what ACK knows of the kubeconfigs that it has given this identity, one for each cluster: whether there is one
(Unexpired, Expired, Unissued, Removed or Unknown) and when it expires. ACK means the long-lived one here; it does not
say whether temporary ones count.)",
    &StatesFlags,
    &RunStates,
};

}  // namespace kubeconfig_writer
