#include "kubeconfig_writer/commands/install_command.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/many_at_once.h"
#include "credential_provider/cli/prompt.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/clusters/caller_names.h"
#include "kubeconfig_writer/clusters/context_name_template.h"
#include "kubeconfig_writer/clusters/fleet_flags.h"
#include "kubeconfig_writer/commands/clusters_command.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/commands/install_report.h"
#include "kubeconfig_writer/commands/install_user_command.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/install/accounts.h"
#include "kubeconfig_writer/install/shell_identity.h"
#include "kubeconfig_writer/install/unknown_regions.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kContextName[] = "--context-name";
constexpr char kAlias[] = "--alias";
constexpr char kReplace[] = "--replace";
constexpr char kUse[] = "--use";
constexpr char kCommand[] = "--command";
constexpr char kWithEnv[] = "--with-env";

constexpr FlagSpec kOwnFlags[] = {
    {kContextName, "NAME",
     "the name of cluster, user and context, with {name}, {id}, {region}, {issuer}, {profile}, {role}, "
     "{account} and {alias} (default: {issuer}-{id}; of get-credentials, but for an id, {name})"},
    {kAlias, "NAME", "what {alias} stands for: your own name for who asks"},
    {kReplace, nullptr, "replace an entry of this name that is for another identity"},
    kKubeconfigFlag,
    {kUse, nullptr, "make it the current-context; without this only the first context, and not with --all"},
    {kWithEnv, nullptr,
     "write those variables of this shell that say who asks, and are no secret, into the stanza"},
    {kCommand, "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kParallelFlag,
    kCallsPerSecondFlag,
    kDryRunFlag,
    kNoBackupFlag,
};

// What a person types is what the context is called. A name for an id would have to be asked for.
constexpr absl::string_view kGetCredentials = "get-credentials";
constexpr char kNameAlone[] = "{name}";

constexpr char kNameOrId[] = "[NAME-OR-ID]";

constexpr int kEditFlags = 2;  // at the end of these

std::string ClustersHint(const InstallRequest& request) {
  std::vector<std::string> words = {"kubeconfig_writer", "clusters"};
  const std::vector<std::string> flags =
      FlagsAmong(kClustersCommand.flags(kClustersCommand), FormatInvocation(request.invocation));
  words.insert(words.end(), flags.begin(), flags.end());
  return absl::StrCat("`", ShellLine(words), "` lists what this identity can see; check identity and region");
}

absl::Status NothingToInstall(const InstallRequest& request, const std::vector<std::string>& skipped) {
  for (const std::string& reason : skipped)
    PrintWarning(kWriterProgramName, absl::FailedPreconditionError("skipped " + reason));
  return WithHint(absl::NotFoundError("no cluster that can be installed now"), ClustersHint(request));
}

// Two flags that are for one cluster alone.
absl::Status CheckCount(const InstallRequest& request, size_t clusters) {
  if (clusters < 2) return absl::OkStatus();
  if (request.use) {
    return UsageError(absl::StrCat("--use: only one of ", clusters, " contexts can be the current one"));
  }
  if (request.connection.is_for_one_cluster())
    return UsageError(absl::StrCat("--server, --tls-server-name: for one cluster, and not for ", clusters));
  return absl::OkStatus();
}

// What no account can do is what the command has failed with; of several, the others go on.
absl::Status CheckAccounts(const InstallRequest& request, std::vector<Account>* accounts) {
  size_t clusters = 0, failed = 0;
  for (Account& account : *accounts) {
    clusters += account.chosen.clusters.size();
    if (account.status.ok()) continue;
    ++failed;
    if (absl::IsNotFound(account.status) && account.service != nullptr)
      account.status = WithHint(account.status, ClustersHint(account.request));
    if (accounts->size() == 1) return account.status;
    PrintError(kWriterProgramName, account.status);
  }
  if (failed == accounts->size()) return absl::FailedPreconditionError("none of the profiles could be used");
  return CheckCount(request, clusters);
}

// Plans for the clusters of each account.
absl::StatusOr<InstallPlan> Plan(const InstallRequest& request, absl::Span<const Account> accounts,
                                 const Environment& environment) {
  absl::StatusOr<InstallPlan> plan = PlanInstall(accounts, environment);
  if (plan.ok() && plan->installations.empty()) return NothingToInstall(request, plan->skipped);
  return plan;
}

// What is stored for the stanzas that others have replaced.
void ForgetReplaced(const std::vector<Installation>& installations, const Environment& environment) {
  for (const Installation& installation : installations) {
    if (installation.status.ok() && !installation.old_stanza.args.empty())
      ForgetStored(installation.old_stanza, environment);
  }
}

// Once the entry is where kubectl finds it.
void KeepForFirstRuns(const InstallPlan& plan, const Environment& environment) {
  for (size_t i = 0; i < plan.first.size(); ++i) {
    const absl::optional<FirstCredential>& first = plan.first[i];
    if (plan.installations[i].status.ok() && first) Keep(*first, *plan.who[i], environment);
  }
}

// A job's shell has what its next one has.
void WarnOfOtherShells(const InstallPlan& plan, const ShellIdentity& shell, const Environment& environment) {
  const bool any_changed =
      std::any_of(plan.installations.begin(), plan.installations.end(),
                  [](const Installation& one) { return one.status.ok() && one.changed; });
  if (!any_changed || environment.Get("CI") == "true") return;
  const absl::Status same = CheckOtherShells(shell, plan.has_env);
  if (!same.ok()) PrintWarning(kWriterProgramName, same);
}

// A person who says no cluster is shown which there are.
absl::StatusOr<Output> RunInstall(const Command& command, const ParsedFlags& given,
                                  const Environment& environment) {
  const bool asks = !HasClusterChoice(given) && CanAsk(environment);
  const ParsedFlags flags = asks ? WithAsking(given) : given;
  absl::StatusOr<InstallRequest> request = ParseInstall(command, flags);
  if (!request.ok()) return UsageError(request.status());
  if (command.name == kGetCredentials && !flags.Has(kContextName) &&
      request->choice.by != ClusterChoice::By::kId)
    request->name_template = kNameAlone;
  request->edit = ParseEditChoice(flags, environment);
  return Install(*request, environment);
}

}  // namespace

std::vector<FlagSpec> InstallFlags(const Command& command) {
  std::vector<FlagSpec> flags = GetFlags(*command.kind);
  // It is not needed here: there are other ways to choose.
  flags.front() = {kClusterIdFlag.name, kClusterIdFlag.value,
                   "the cluster: c and 32 hex digits, from the ACK console", nullptr, Preset::kNever};
  ForManyPlaces(&flags);
  flags.insert(flags.begin() + 1, FleetFilterFlags().begin(), FleetFilterFlags().end());
  flags.insert(flags.begin() + 1, ClusterChoiceFlags().begin(), ClusterChoiceFlags().end());
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  flags.insert(flags.end() - kEditFlags, ConnectionFlags().begin(), ConnectionFlags().end());
  return flags;
}

absl::StatusOr<InstallRequest> ParseInstall(const Command& command, const ParsedFlags& given) {
  const IssuerKind& kind = *command.kind;
  InstallRequest request;
  absl::StatusOr<ClusterChoice> choice = ParseClusterChoice(given);
  if (!choice.ok()) return choice.status();
  request.choice = *std::move(choice);
  absl::Status endpoint = given.CheckChoice(kEndpointTypeFlag);
  if (!endpoint.ok()) return endpoint;
  const ParsedFlags flags = ForOnePlace(command.flags(command), given);
  absl::StatusOr<AckOptions> options = ParseAckOptions(flags, ClusterFlag::kOptional);
  if (!options.ok()) return options.status();
  absl::StatusOr<Invocation> invocation = MakeInvocation(kind, kind.for_ack_cluster(*options), flags);
  if (!invocation.ok()) return invocation.status();
  request.invocation = *std::move(invocation);
  request.profiles = ListIn(request.invocation.identity.profile);
  if (request.profiles.size() > 1 && request.choice.by != ClusterChoice::By::kAll)
    return absl::InvalidArgumentError("--profile: several only with --all");
  request.name_template = std::string(flags.Get(kContextName, kDefaultNameTemplate));
  absl::Status named = CheckNameTemplate(request.name_template);
  if (!named.ok()) return named;
  request.alias = std::string(flags.Get(kAlias));
  named = CheckCallerNames(request.name_template, request.invocation.identity, request.alias);
  if (!named.ok()) return named;
  absl::StatusOr<Connection> connection = ParseConnection(flags);
  if (!connection.ok()) return connection.status();
  request.connection = *std::move(connection);
  request.choice.address_given = request.connection.has_server();
  request.replace = flags.Has(kReplace);
  request.kubeconfig = std::string(flags.Get(kKubeconfigFlag.name));
  request.command = std::string(flags.Get(kCommand));
  request.use = flags.Has(kUse);
  request.with_env = flags.Has(kWithEnv);
  absl::StatusOr<ParallelLimits> limits = ParseParallelLimits(flags);
  if (!limits.ok()) return limits.status();
  request.limits = *limits;
  return request;
}

absl::StatusOr<Output> Install(const InstallRequest& request, const Environment& environment) {
  absl::Status named = request.command.empty() ? absl::OkStatus() : NamedCommand(request.command).status();
  if (!named.ok()) return named;
  std::vector<Account> accounts = AskAccounts(request, environment);
  if (request.choice.by == ClusterChoice::By::kAll) WarnOfUnknownRegions(request.choice.filter, accounts);
  absl::Status usable = CheckAccounts(request, &accounts);
  if (!usable.ok()) return usable;
  absl::StatusOr<InstallPlan> plan = Plan(request, accounts, environment);
  if (!plan.ok()) return plan.status();
  std::string diff = WriteInstallations(absl::MakeSpan(plan->installations), request.edit);
  if (!request.edit.dry_run) {
    ForgetReplaced(plan->installations, environment);
    KeepForFirstRuns(*plan, environment);
    WarnOfOtherShells(*plan, FindShellIdentity(accounts.front().request.invocation.identity, environment),
                      environment);
  }
  absl::StatusOr<Output> output = TellInstalled(*plan, request.edit.dry_run, std::move(diff), environment);
  const auto failed = [](const Account& account) { return !account.status.ok(); };
  if (output.ok() && std::any_of(accounts.begin(), accounts.end(), failed)) output->exit_status = kFailure;
  return output;
}

std::vector<Command> InstallCommands() {
  return ForEachIssuer([](const IssuerKind& kind) {
    if (kind.for_ack_cluster == nullptr) return InstallUserCommand();
    return Command{
        "install",
        kNameOrId,
        "adds cluster, user and context of ACK clusters",
        R"(Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user
and context to the kubeconfig. No secret is written there: the user runs `credential_provider get` with the flags given
here. `get ack` finds the certificate that came with ACK's answer in its store.
The cluster is given by its name or id, or chosen at a terminal from those that the identity can see; with --all each that
is running is installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it
again changes nothing; with --all it asks about those alone whose entry does not agree with the list of clusters, or that
have no certificate in the store. The first context of a kubeconfig becomes the current one.)",
        &InstallFlags,
        &RunInstall};
  });
}

std::vector<Command> ShortInstallCommands() {
  Command install = {
      "install",
      kNameOrId,
      "the same as install ack",
      R"(What `install ack` does: adds cluster, user and context of an ACK cluster to the kubeconfig. Without anything that says
which, it shows at a terminal what can be installed, and asks. `install exec` wraps another exec plugin.)",
      &InstallFlags,
      &RunInstall};
  install.kind = IssuerKinds().front();
  Command get_credentials = install;
  get_credentials.name = kGetCredentials.data();
  get_credentials.summary = "makes kubectl work with an ACK cluster: install ack";
  return {get_credentials, install};
}

}  // namespace kubeconfig_writer
