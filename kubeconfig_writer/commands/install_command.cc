#include "kubeconfig_writer/commands/install_command.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/cluster_address.h"
#include "kubeconfig_writer/clusters/context_name_template.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/commands/install_user_command.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kContextName[] = "--context-name";
constexpr char kUse[] = "--use";
constexpr char kCommand[] = "--command";

constexpr FlagSpec kOwnFlags[] = {
    {kContextName, "NAME",
     "the name of cluster, user and context, with {name}, {id}, {region} and {issuer} (default: "
     "{issuer}-{id})"},
    kKubeconfigFlag,
    {kUse, nullptr, "make it the current-context; without this only when there is none, and not with --all"},
    {kCommand, "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kDryRunFlag,
    kNoBackupFlag,
};

// The options for one cluster. Its region is that of the list of clusters, unless the user has given one.
AckOptions OptionsFor(const Cluster& cluster, const InstallRequest& request) {
  AckOptions options = *request.invocation.issuer->ack();
  options.cluster_id = cluster.id;
  if (options.region.empty() && CheckRegion(cluster.region).ok()) options.region = cluster.region;
  return options;
}

bool LooksLikeId(absl::string_view text) {
  return text.size() == 33 && text[0] == 'c' &&
         std::all_of(text.begin() + 1, text.end(), absl::ascii_isxdigit);
}

absl::StatusOr<ClusterEntry> MakeEntry(Invocation invocation, const AckOptions& options,
                                       const std::string& command, AckSession& service) {
  invocation.issuer = invocation.kind->for_ack_cluster(options);
  ClusterEntry entry;
  entry.args = FormatInvocation(invocation);
  entry.api_version = invocation.api_version;
  entry.command = command;
  absl::StatusOr<UserKubeconfig> cluster = FetchClusterAddress(options, service);
  if (absl::IsNotFound(cluster.status()) && !LooksLikeId(options.cluster_id)) {
    return WithHint(absl::NotFoundError(cluster.status().message()),
                    "an id is c and 32 hex digits; --name takes a cluster's name");
  }
  if (!cluster.ok()) return cluster.status();
  entry.server = std::move(cluster->server);
  entry.certificate_authority_data = std::move(cluster->certificate_authority_data);
  return entry;
}

void ShowProgress(size_t number, size_t of, const std::string& title) {
  if (of == 1 || isatty(STDERR_FILENO) == 0) return;
  WriteAll(STDERR_FILENO, absl::StrCat("asking about ", Printable(title), ", ", number, " of ", of, "\n"),
           "stderr")
      .IgnoreError();
}

// Of several files the first one with a current-context has the word.
absl::Status CheckUse(const KubeconfigFiles& files, const std::string& path, const std::string& name) {
  const std::string decides = files.FileThatDecides(path);
  if (decides.empty()) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(absl::StrCat(kUse, ": ", decides, " comes before ", path,
                                                             " in KUBECONFIG, and has the current-context")),
                  absl::StrCat("leave out --use, then `kubectl config use-context ", Printable(name), "`"));
}

absl::StatusOr<std::vector<Installation>> Prepare(const InstallRequest& request,
                                                  const std::vector<Cluster>& clusters, AckSession& service,
                                                  const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> names =
      NamesFor(request.name_template, request.invocation.kind->name, clusters);
  if (!names.ok()) return UsageError(names.status());
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPathsToChange(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  const bool is_chosen = clusters.size() == 1 && request.choice.by != ClusterChoice::By::kAll;
  std::vector<Installation> installations;
  for (size_t i = 0; i < clusters.size(); ++i) {
    ShowProgress(i + 1, clusters.size(), TitleOf(clusters[i]));
    Installation installation;
    installation.path = files->PathFor((*names)[i]);
    installation.use = request.use;
    absl::Status usable = request.use ? CheckUse(*files, installation.path, (*names)[i]) : absl::OkStatus();
    if (!usable.ok()) return usable;
    installation.use_if_none = !request.use && is_chosen && !files->HasCurrentContext();
    absl::StatusOr<ChosenCommand> command = ProviderCommand(
        {request.command, files->CommandIn(installation.path, (*names)[i]), installation.path}, environment);
    absl::StatusOr<ClusterEntry> entry =
        command.ok()
            ? MakeEntry(request.invocation, OptionsFor(clusters[i], request), command->command, service)
            : command.status();
    if (command.ok()) installation.why_command = std::move(command->why);
    installation.status = entry.status();
    if (entry.ok()) installation.entry = *std::move(entry);
    installation.entry.name = (*names)[i];
    installations.push_back(std::move(installation));
  }
  return installations;
}

std::string ResultLine(const Installation& installation) {
  return absl::StrCat(installation.changed ? "wrote context " : "nothing to do: context ",
                      Printable(installation.entry.name), installation.changed ? " to " : " is in ",
                      Printable(installation.path), installation.use ? ", the current-context\n" : "\n");
}

void WarnOfLostContext(const Installation& installation) {
  const std::string lost = Printable(installation.lost_context);
  PrintWarning(kWriterProgramName,
               WithHint(absl::FailedPreconditionError(absl::StrCat(
                            installation.path, ": the current-context was ", lost,
                            ", which a file in braces cannot remember: uninstall will leave none")),
                        absl::StrCat("`kubectl config use-context ", lost, "` goes back to it")));
}

// Each command once, however many entries have it.
void SayCommands(const std::vector<Installation>& installations, const Environment& environment) {
  std::set<std::string> said;
  for (const Installation& installation : installations) {
    const std::string& command = installation.entry.command;
    if (installation.status.ok() && installation.changed && said.insert(command).second)
      SayCommand({command, installation.why_command}, environment);
  }
}

// What is said when some of several clusters may have failed. stdout is left to the diff of a dry run.
Output Summary(const std::vector<Installation>& installations, const std::vector<std::string>& skipped,
               bool dry_run, std::string diff) {
  Output output{std::move(diff)};
  for (const Installation& installation : installations) {
    if (installation.status.ok()) {
      if (!dry_run) absl::StrAppend(&output.text, ResultLine(installation));
    } else {
      PrintError(kWriterProgramName, installation.status);
      output.exit_status = kFailure;
    }
  }
  for (const std::string& reason : skipped) {
    if (dry_run) PrintWarning(kWriterProgramName, absl::FailedPreconditionError("skipped " + reason));
    if (!dry_run) absl::StrAppend(&output.text, "skipped ", Printable(reason), "\n");
  }
  return output;
}

absl::Status NothingToInstall(const std::vector<std::string>& skipped) {
  for (const std::string& reason : skipped)
    PrintWarning(kWriterProgramName, absl::FailedPreconditionError("skipped " + reason));
  return WithHint(absl::NotFoundError("no cluster that can be installed now"),
                  "`kubeconfig_writer clusters` lists what this identity can see; check identity and region");
}

// What is to be written, and what is left out.
struct InstallPlan {
  std::vector<Installation> installations;
  std::vector<std::string> skipped;  // "prod (c00…2): has no public endpoint"
};

// Signs in, finds out which clusters are meant, and asks about each. Changes nothing.
absl::StatusOr<InstallPlan> PlanInstall(const InstallRequest& request, const Environment& environment) {
  absl::Status named = request.command.empty() ? absl::OkStatus() : NamedCommand(request.command).status();
  if (!named.ok()) return named;
  const AckOptions& options = *request.invocation.issuer->ack();
  absl::StatusOr<std::unique_ptr<AckSession>> session = AckSession::SignIn(request.invocation, environment);
  if (!session.ok()) return session.status();
  absl::StatusOr<ChosenClusters> chosen =
      ChooseClusters(request.choice, options, NeedsDetails(request.name_template), **session, environment);
  if (!chosen.ok()) return chosen.status();
  if (chosen->clusters.empty()) return NothingToInstall(chosen->skipped);
  if (request.use && chosen->clusters.size() > 1) {
    return UsageError(
        absl::StrCat("--use: only one of ", chosen->clusters.size(), " contexts can be the current one"));
  }
  absl::StatusOr<std::vector<Installation>> installations =
      Prepare(request, chosen->clusters, **session, environment);
  if (!installations.ok()) return installations.status();
  return InstallPlan{*std::move(installations), std::move(chosen->skipped)};
}

// What is stored for the stanzas that others have replaced.
void ForgetReplaced(const std::vector<Installation>& installations, const Environment& environment) {
  for (const Installation& installation : installations) {
    if (installation.status.ok() && !installation.old_args.empty())
      ForgetStored(installation.old_args, environment);
  }
}

absl::StatusOr<Output> TellInstalled(const InstallPlan& plan, const InstallRequest& request, std::string diff,
                                     const Environment& environment) {
  const std::vector<Installation>& installations = plan.installations;
  const absl::Status allowed = CheckPluginPolicy(installations.front().entry.command, environment).status();
  if (!allowed.ok()) PrintWarning(kWriterProgramName, allowed);
  for (const Installation& installation : installations) {
    if (installation.status.ok() && !installation.lost_context.empty()) WarnOfLostContext(installation);
  }
  if (!request.edit.dry_run) SayCommands(installations, environment);
  const bool only_one = installations.size() == 1 && plan.skipped.empty();
  if (only_one && !installations.front().status.ok()) return installations.front().status;
  return Summary(installations, plan.skipped, request.edit.dry_run, std::move(diff));
}

absl::StatusOr<Output> RunInstall(const Command& command, const ParsedFlags& flags,
                                  const Environment& environment) {
  absl::StatusOr<InstallRequest> request = ParseInstall(*command.kind, flags);
  if (!request.ok()) return UsageError(request.status());
  request->edit = ParseEditChoice(flags, environment);
  return Install(*request, environment);
}

}  // namespace

std::vector<FlagSpec> InstallFlags(const Command& command) {
  std::vector<FlagSpec> flags = GetFlags(*command.kind);
  // It is not needed here: there are other ways to choose.
  flags.front() = {kClusterIdFlag.name, kClusterIdFlag.value,
                   "the cluster: c and 32 hex digits, from the ACK console"};
  flags.insert(flags.begin() + 1, ClusterChoiceFlags().begin(), ClusterChoiceFlags().end());
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  return flags;
}

absl::StatusOr<InstallRequest> ParseInstall(const IssuerKind& kind, const ParsedFlags& flags) {
  InstallRequest request;
  absl::StatusOr<ClusterChoice> choice = ParseClusterChoice(flags);
  if (!choice.ok()) return choice.status();
  request.choice = *std::move(choice);
  absl::StatusOr<AckOptions> options = ParseAckOptions(flags, ClusterFlag::kOptional);
  if (!options.ok()) return options.status();
  absl::StatusOr<Invocation> invocation = MakeInvocation(kind, kind.for_ack_cluster(*options), flags);
  if (!invocation.ok()) return invocation.status();
  request.invocation = *std::move(invocation);
  request.name_template = std::string(flags.Get(kContextName, kDefaultNameTemplate));
  absl::Status named = CheckNameTemplate(request.name_template);
  if (!named.ok()) return named;
  request.kubeconfig = std::string(flags.Get(kKubeconfigFlag.name));
  request.command = std::string(flags.Get(kCommand));
  request.use = flags.Has(kUse);
  return request;
}

absl::StatusOr<Output> Install(const InstallRequest& request, const Environment& environment) {
  absl::StatusOr<InstallPlan> plan = PlanInstall(request, environment);
  if (!plan.ok()) return plan.status();
  std::string diff = WriteInstallations(absl::MakeSpan(plan->installations), request.edit);
  if (!request.edit.dry_run) ForgetReplaced(plan->installations, environment);
  return TellInstalled(*plan, request, std::move(diff), environment);
}

std::vector<Command> InstallCommands() {
  return ForEachIssuer([](const IssuerKind& kind) {
    if (kind.for_ack_cluster == nullptr) return InstallUserCommand();
    return Command{
        "install",
        "",
        "adds cluster, user and context of ACK clusters",
        R"(Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user
and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given here.
The cluster is given by its id, or chosen from those that the identity can see; with --all each that is running is
installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it again
changes nothing.)",
        &InstallFlags,
        &RunInstall};
  });
}

}  // namespace kubeconfig_writer
