#include "kubeconfig_writer/install_command.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/exec/plugin_policy.h"
#include "kubeconfig_writer/cluster_answer.h"
#include "kubeconfig_writer/command_notice.h"
#include "kubeconfig_writer/container_service.h"
#include "kubeconfig_writer/installation.h"
#include "kubeconfig_writer/kubeconfig_path.h"
#include "kubeconfig_writer/name_template.h"
#include "kubeconfig_writer/program_name.h"
#include "kubeconfig_writer/provider_command.h"
#include "kubeconfig_writer/stored_credentials.h"

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

// The invocation for one cluster. Its region is that of the list of clusters, unless the user has given one.
Invocation InvocationFor(const Cluster& cluster, const InstallRequest& request) {
  Invocation invocation = request.invocation;
  invocation.ack.cluster_id = cluster.id;
  if (invocation.ack.region.empty() && CheckRegion(cluster.region).ok())
    invocation.ack.region = cluster.region;
  return invocation;
}

bool LooksLikeId(absl::string_view text) {
  return text.size() == 33 && text[0] == 'c' &&
         std::all_of(text.begin() + 1, text.end(), absl::ascii_isxdigit);
}

absl::StatusOr<ClusterEntry> MakeEntry(const Invocation& invocation, const std::string& command,
                                       ContainerService& service) {
  ClusterEntry entry;
  entry.args = FormatInvocation(invocation);
  entry.api_version = invocation.api_version;
  entry.command = command;
  absl::StatusOr<UserKubeconfig> cluster = AskAboutCluster(invocation.ack, service);
  if (absl::IsNotFound(cluster.status()) && !LooksLikeId(invocation.ack.cluster_id)) {
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
                                                  const std::vector<Cluster>& clusters,
                                                  ContainerService& service, const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> names =
      NamesFor(request.name_template, request.invocation.issuer->name, clusters);
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
        command.ok() ? MakeEntry(InvocationFor(clusters[i], request), command->command, service)
                     : command.status();
    if (command.ok()) installation.why_command = std::move(command->why);
    installation.status = entry.status();
    if (entry.ok()) installation.entry = *std::move(entry);
    installation.entry.name = (*names)[i];
    installations.push_back(std::move(installation));
  }
  return installations;
}

std::string Told(const Installation& installation) {
  return absl::StrCat(installation.changed ? "wrote context " : "nothing to do: context ",
                      Printable(installation.entry.name), installation.changed ? " to " : " is in ",
                      Printable(installation.path), installation.use ? ", the current-context\n" : "\n");
}

void WarnOfLostContext(const Installation& installation) {
  const std::string lost = Printable(installation.lost_context);
  Warn(kWriterName, WithHint(absl::FailedPreconditionError(absl::StrCat(
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
      if (!dry_run) absl::StrAppend(&output.text, Told(installation));
    } else {
      Complain(kWriterName, installation.status);
      output.exit_status = kFailure;
    }
  }
  for (const std::string& reason : skipped) {
    if (dry_run) Warn(kWriterName, absl::FailedPreconditionError("skipped " + reason));
    if (!dry_run) absl::StrAppend(&output.text, "skipped ", Printable(reason), "\n");
  }
  return output;
}

absl::Status NothingToInstall(const std::vector<std::string>& skipped) {
  for (const std::string& reason : skipped)
    Warn(kWriterName, absl::FailedPreconditionError("skipped " + reason));
  return WithHint(absl::NotFoundError("no cluster that can be installed now"),
                  "`kubeconfig_writer clusters` lists what this identity can see; check identity and region");
}

absl::StatusOr<Output> RunInstall(const Command& command, const ParsedFlags& flags,
                                  const Environment& environment) {
  absl::StatusOr<InstallRequest> request = ParseInstall(*FindIssuerKind(LastWord(command)), flags);
  if (!request.ok()) return UsageError(request.status());
  request->edit = ParseEditChoice(flags, environment);
  return Install(*request, environment);
}

}  // namespace

std::vector<FlagSpec> InstallFlags() {
  std::vector<FlagSpec> flags = GetFlags();
  // It is not needed here: there are other ways to choose.
  flags.front() = {kClusterIdFlag.name, kClusterIdFlag.value,
                   "the cluster: c and 32 hex digits, from the ACK console"};
  flags.insert(flags.begin() + 1, ClusterChoiceFlags().begin(), ClusterChoiceFlags().end());
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  return flags;
}

absl::StatusOr<InstallRequest> ParseInstall(const IssuerKind& issuer, const ParsedFlags& flags) {
  InstallRequest request;
  absl::StatusOr<ClusterChoice> choice = ParseClusterChoice(flags);
  if (!choice.ok()) return choice.status();
  request.choice = *std::move(choice);
  absl::StatusOr<Invocation> invocation = MakeInvocation(issuer, flags, ClusterFlag::kOptional);
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
  absl::Status named = request.command.empty() ? absl::OkStatus() : NamedCommand(request.command).status();
  if (!named.ok()) return named;
  absl::StatusOr<std::unique_ptr<ContainerService>> service =
      ContainerService::SignIn(request.invocation, environment);
  if (!service.ok()) return service.status();
  absl::StatusOr<ChosenClusters> chosen = ChooseClusters(
      request.choice, request.invocation.ack, NeedsDetails(request.name_template), **service, environment);
  if (!chosen.ok()) return chosen.status();
  if (chosen->clusters.empty()) return NothingToInstall(chosen->skipped);
  if (request.use && chosen->clusters.size() > 1)
    return UsageError(
        absl::StrCat("--use: only one of ", chosen->clusters.size(), " contexts can be the current one"));
  absl::StatusOr<std::vector<Installation>> installations =
      Prepare(request, chosen->clusters, **service, environment);
  if (!installations.ok()) return installations.status();
  const absl::Status allowed = CheckPluginPolicy(installations->front().entry.command, environment).status();
  if (!allowed.ok()) Warn(kWriterName, allowed);
  std::string diff = WriteInstallations(absl::MakeSpan(*installations), request.edit);
  for (const Installation& installation : *installations) {
    if (installation.status.ok() && !installation.old_args.empty() && !request.edit.dry_run)
      ForgetStored(installation.old_args, environment);
    if (installation.status.ok() && !installation.lost_context.empty()) WarnOfLostContext(installation);
  }
  if (!request.edit.dry_run) SayCommands(*installations, environment);
  const bool only_one = installations->size() == 1 && chosen->skipped.empty();
  if (only_one && !installations->front().status.ok()) return installations->front().status;
  return Summary(*installations, chosen->skipped, request.edit.dry_run, std::move(diff));
}

const Command kInstallAckCommand = {
    "install ack",
    "",
    "adds cluster, user and context of ACK clusters",
    R"(Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user
and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given here.
The cluster is given by its id, or chosen from those that the identity can see; with --all each that is running is
installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it again
changes nothing.)",
    &InstallFlags,
    &RunInstall,
};

const Command kInstallAckTokenCommand = {
    "install ack-token",
    "",
    "the same, with tokens for ack-ram-authenticator",
    R"(Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user
and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given here.
The cluster is given by its id, or chosen from those that the identity can see; with --all each that is running is
installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it again
changes nothing.)",
    &InstallFlags,
    &RunInstall,
};

}  // namespace kubeconfig_writer
