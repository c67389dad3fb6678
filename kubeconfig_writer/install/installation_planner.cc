#include "kubeconfig_writer/install/installation_planner.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/many_at_once.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/clusters/cluster_addresses.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// The options for one cluster. Its region is that of the list of clusters, unless the user has given one.
AckOptions OptionsFor(const Cluster& cluster, const InstallRequest& request) {
  AckOptions options = WithEndpoint(*request.invocation.issuer->ack(), request.choice, cluster);
  options.cluster_id = cluster.id;
  if (options.region.empty() && CheckRegion(cluster.region).ok()) options.region = cluster.region;
  return options;
}

// Of several files the first one with a current-context has the word.
absl::Status CheckUse(const KubeconfigFiles& files, const std::string& path, const std::string& name) {
  const std::string decides = files.FileThatDecides(path);
  if (decides.empty()) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat("--use: ", decides, " comes before ", path,
                                                 " in KUBECONFIG, and has the current-context")),
      absl::StrCat("leave out --use, then `", ShellLine({"kubectl", "config", "use-context", name}), "`"));
}

}  // namespace

absl::Status InstallationPlanner::Begin(const Cluster& cluster, const std::string& name, bool is_chosen) {
  Installation installation;
  installation.path = files_.PathFor(name);
  installation.use = request_.use;
  absl::Status usable = request_.use ? CheckUse(files_, installation.path, name) : absl::OkStatus();
  if (!usable.ok()) return usable;
  installation.use_if_none =
      !request_.use && is_chosen && !files_.HasCurrentContext() && !files_.HasContextBeside(name);
  Invocation invocation = request_.invocation;
  invocation.issuer = invocation.kind->for_ack_cluster(OptionsFor(cluster, request_));
  ClusterEntry& entry = installation.entry;
  entry.name = name;
  entry.args = FormatInvocation(invocation);
  entry.api_version = invocation.api_version;
  entry.replace = request_.replace;
  entry.split = files_.IsSplit(installation.path, name);
  entry.connection = request_.connection;
  const KubeconfigDocument* const document = files_.DocumentAt(installation.path);
  const ProviderStanza standing = document == nullptr ? ProviderStanza() : StanzaOf(*document, name);
  entry.env = WithShared(request_.with_env ? request_.env : StanzaVariables(), standing.env, environment_);
  if (!request_.with_env && !HasEnv(document, name)) plan_.has_env = false;
  absl::StatusOr<ChosenCommand> command = ProviderCommand(
      {request_.command, files_.CommandIn(installation.path, name), installation.path}, environment_);
  installation.status = command.status();
  bool is_asked = command.ok();
  if (command.ok()) {
    entry.command = std::move(command->command);
    installation.why_command = std::move(command->why);
    if (absl::optional<ClusterFacts> facts = Agreed(cluster, installation, invocation)) {
      entry.server = std::move(facts->server);
      entry.certificate_authority_data = std::move(facts->certificate_authority_data);
      is_asked = false;
    }
  }
  if (is_asked) asked_.emplace_back(plan_.installations.size(), std::move(invocation));
  Add(std::move(installation));
  return absl::OkStatus();
}

void InstallationPlanner::BeginStanding(const StandingEntry& standing, Invocation invocation) {
  Installation installation;
  installation.path = standing.path;
  ClusterEntry& entry = installation.entry;
  entry.name = standing.name;
  entry.args = FormatInvocation(invocation);
  entry.api_version = invocation.api_version;
  entry.env = standing.identity_variables;
  entry.any_context = true;
  entry.split = files_.IsSplit(standing.path, standing.name);
  entry.connection = request_.connection;
  const absl::StatusOr<std::string> command = request_.command.empty()
                                                  ? files_.CommandIn(standing.path, standing.name)
                                                  : NamedCommand(request_.command);
  installation.status = command.status();
  if (command.ok()) {
    entry.command = *command;
    asked_.emplace_back(plan_.installations.size(), std::move(invocation));
  }
  Add(std::move(installation));
}

void InstallationPlanner::Add(Installation installation) {
  plan_.installations.push_back(std::move(installation));
  plan_.first.emplace_back();
  plan_.who.push_back(&service_.identity());
}

// Whether the stanza of the user `name` has all variables of the request.
bool InstallationPlanner::HasEnv(const KubeconfigDocument* document, const std::string& name) const {
  const absl::optional<nlohmann::json> user =
      document == nullptr ? absl::nullopt : document->Find(KubeconfigList::kUsers, name);
  const nlohmann::json env =
      user && RunsProvider(*user) ? user->at("exec").value("env", nlohmann::json()) : nlohmann::json();
  return std::all_of(request_.env.begin(), request_.env.end(), [&env](const auto& wanted) {
    return std::any_of(env.begin(), env.end(), [&wanted](const nlohmann::json& variable) {
      return TextAt(variable, "name") == wanted.first;
    });
  });
}

// Who names one cluster wants it asked about.
absl::optional<ClusterFacts> InstallationPlanner::Agreed(const Cluster& cluster,
                                                         const Installation& installation,
                                                         const Invocation& invocation) {
  const KubeconfigDocument* const document = files_.DocumentAt(installation.path);
  if (request_.choice.by != ClusterChoice::By::kAll || document == nullptr) return absl::nullopt;
  if (!store_) store_.emplace(request_.invocation.store, environment_);
  return AgreedFacts(*document, installation.entry.name, cluster, invocation, service_.identity(), *store_);
}

void InstallationPlanner::AskAboutTheRest() {
  if (asked_.empty()) return;
  std::vector<AckOptions> options;
  options.reserve(asked_.size());
  for (const auto& asked : asked_) options.push_back(*asked.second.issuer->ack());
  absl::optional<ProgressLine> progress;
  if (options.size() > 1) progress.emplace("asking about clusters", options.size());
  std::vector<absl::StatusOr<UserKubeconfig>> answers = FetchClusterAddresses(
      options, request_.connection.has_server() ? ServerAddress::kGiven : ServerAddress::kOfAck,
      request_.limits, service_, [&](size_t done) { progress->Show(done); });
  for (size_t i = 0; i < asked_.size(); ++i) Complete(i, std::move(answers[i]));
}

void InstallationPlanner::Complete(size_t number, absl::StatusOr<UserKubeconfig> answer) {
  const auto& [of_plan, invocation] = asked_[number];
  Installation& installation = plan_.installations[of_plan];
  installation.status = answer.status();
  const std::string& id = invocation.issuer->ack()->cluster_id;
  if (absl::IsNotFound(answer.status()) && !LooksLikeClusterId(id)) {
    installation.status = WithHint(absl::NotFoundError(answer.status().message()),
                                   "an id is c and 32 hex digits; --name takes a cluster's name");
  }
  if (!answer.ok()) return;
  installation.entry.server = answer->server;
  installation.entry.certificate_authority_data = answer->certificate_authority_data;
  plan_.first[of_plan] = FirstCredentialIn(*std::move(answer), invocation, service_.clock());
}

}  // namespace kubeconfig_writer
