#include "kubeconfig_writer/install/install_plan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/many_at_once.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/clusters/cluster_addresses.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/install/agreement.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// The options for one cluster. Its region is that of the list of clusters, unless the user has given one.
AckOptions OptionsFor(const Cluster& cluster, const InstallRequest& request) {
  AckOptions options = *request.invocation.issuer->ack();
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

// Of all clusters those whose name nobody could type are left out.
void SkipOddNames(const InstallRequest& request, const NameValues& values, ChosenClusters* chosen) {
  if (request.choice.by != ClusterChoice::By::kAll) return;
  std::vector<Cluster> sound;
  for (Cluster& cluster : chosen->clusters) {
    const absl::Status named = CheckNameOf(cluster, request.name_template, values);
    if (!named.ok()) chosen->skipped.push_back(absl::StrCat(TitleOf(cluster), ": ", named.message()));
    if (named.ok()) sound.push_back(std::move(cluster));
  }
  chosen->clusters = std::move(sound);
}

// One run: the installations are begun, those that the files do not answer are asked about, and all
// completed.
class Planner {
 public:
  Planner(const InstallRequest& request, KubeconfigFiles files, AckSession& service,
          const Environment& environment)
      : request_(request), files_(std::move(files)), service_(service), environment_(environment) {}

  absl::Status Begin(const Cluster& cluster, const std::string& name, bool is_chosen);
  void AskAboutTheRest();

  InstallPlan plan;

 private:
  bool HasEnv(const KubeconfigDocument* document, const std::string& name) const;
  absl::optional<ClusterFacts> Agreed(const Cluster& cluster, const Installation& installation,
                                      const Invocation& invocation);
  void Complete(size_t number, absl::StatusOr<UserKubeconfig> answer);

  const InstallRequest& request_;
  const KubeconfigFiles files_;
  AckSession& service_;
  const Environment& environment_;
  absl::optional<CredentialStore> store_;  // opened when it is first looked into
  std::vector<Invocation> invocations_;    // of each installation
  std::vector<size_t> asked_;              // the numbers of those that are asked about
};

// The part that needs no network.
absl::Status Planner::Begin(const Cluster& cluster, const std::string& name, bool is_chosen) {
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
  if (request_.with_env) entry.env = request_.env;
  if (!request_.with_env && !HasEnv(files_.DocumentAt(installation.path), name)) plan.has_env = false;
  absl::StatusOr<ChosenCommand> command = ProviderCommand(
      {request_.command, files_.CommandIn(installation.path, name), installation.path}, environment_);
  installation.status = command.status();
  if (command.ok()) {
    entry.command = std::move(command->command);
    installation.why_command = std::move(command->why);
    if (absl::optional<ClusterFacts> facts = Agreed(cluster, installation, invocation)) {
      entry.server = std::move(facts->server);
      entry.certificate_authority_data = std::move(facts->certificate_authority_data);
    } else {
      asked_.push_back(plan.installations.size());
    }
  }
  plan.installations.push_back(std::move(installation));
  plan.first.emplace_back();
  invocations_.push_back(std::move(invocation));
  return absl::OkStatus();
}

// Whether the stanza of the user `name` has all variables of the request.
bool Planner::HasEnv(const KubeconfigDocument* document, const std::string& name) const {
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
absl::optional<ClusterFacts> Planner::Agreed(const Cluster& cluster, const Installation& installation,
                                             const Invocation& invocation) {
  const KubeconfigDocument* const document = files_.DocumentAt(installation.path);
  if (request_.choice.by != ClusterChoice::By::kAll || document == nullptr) return absl::nullopt;
  if (!store_) store_.emplace(request_.invocation.store, environment_);
  return AgreedFacts(*document, installation.entry.name, cluster, invocation, service_.identity(), *store_);
}

void Planner::AskAboutTheRest() {
  if (asked_.empty()) return;
  std::vector<AckOptions> options;
  for (const size_t number : asked_) options.push_back(*invocations_[number].issuer->ack());
  absl::optional<ProgressLine> progress;
  if (options.size() > 1) progress.emplace("asking about clusters", options.size());
  std::vector<absl::StatusOr<UserKubeconfig>> answers = FetchClusterAddresses(
      options, request_.connection.has_server() ? ServerAddress::kGiven : ServerAddress::kOfAck,
      request_.limits, service_, [&](size_t done) { progress->Show(done); });
  for (size_t i = 0; i < asked_.size(); ++i) Complete(asked_[i], std::move(answers[i]));
}

void Planner::Complete(size_t number, absl::StatusOr<UserKubeconfig> answer) {
  Installation& installation = plan.installations[number];
  installation.status = answer.status();
  const std::string& id = invocations_[number].issuer->ack()->cluster_id;
  if (absl::IsNotFound(answer.status()) && !LooksLikeClusterId(id)) {
    installation.status = WithHint(absl::NotFoundError(answer.status().message()),
                                   "an id is c and 32 hex digits; --name takes a cluster's name");
  }
  if (!answer.ok()) return;
  installation.entry.server = answer->server;
  installation.entry.certificate_authority_data = answer->certificate_authority_data;
  plan.first[number] = FirstCredentialIn(*std::move(answer), invocations_[number], service_.clock());
}

}  // namespace

absl::StatusOr<InstallPlan> PlanInstall(const InstallRequest& request, const NameValues& values,
                                        ChosenClusters chosen, AckSession& service,
                                        const Environment& environment) {
  SkipOddNames(request, values, &chosen);
  absl::StatusOr<std::vector<std::string>> names = NamesFor(request.name_template, values, chosen.clusters);
  if (!names.ok()) return UsageError(names.status());
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPathsToChange(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  const bool is_chosen = chosen.clusters.size() == 1 && request.choice.by != ClusterChoice::By::kAll;
  const bool has_current = files->HasCurrentContext();
  Planner planner(request, *std::move(files), service, environment);
  planner.plan.has_current = has_current;
  for (size_t i = 0; i < chosen.clusters.size(); ++i) {
    absl::Status begun = planner.Begin(chosen.clusters[i], (*names)[i], is_chosen);
    if (!begun.ok()) return begun;
  }
  planner.AskAboutTheRest();
  planner.plan.skipped = std::move(chosen.skipped);
  return std::move(planner.plan);
}

}  // namespace kubeconfig_writer
