#include "kubeconfig_writer/commands/install_command.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/answer/keep_credential.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/commands/issuer_commands.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/caller_names.h"
#include "kubeconfig_writer/clusters/cluster_address.h"
#include "kubeconfig_writer/clusters/context_name_template.h"
#include "kubeconfig_writer/commands/clusters_command.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/commands/install_report.h"
#include "kubeconfig_writer/commands/install_user_command.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kContextName[] = "--context-name";
constexpr char kAlias[] = "--alias";
constexpr char kReplace[] = "--replace";
constexpr char kUse[] = "--use";
constexpr char kCommand[] = "--command";

constexpr FlagSpec kOwnFlags[] = {
    {kContextName, "NAME",
     "the name of cluster, user and context, with {name}, {id}, {region}, {issuer}, {profile}, {role}, "
     "{account} and {alias} (default: {issuer}-{id})"},
    {kAlias, "NAME", "what {alias} stands for: your own name for who calls"},
    {kReplace, nullptr, "replace an entry of this name that is for another identity"},
    kKubeconfigFlag,
    {kUse, nullptr, "make it the current-context; without this only when there is none, and not with --all"},
    {kCommand, "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kDryRunFlag,
    kNoBackupFlag,
};

constexpr int kEditFlags = 2;  // at the end of these

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

// The certificate that came with the address of a cluster, for the first run of kubectl: what it is stored
// as.
struct FirstCredential {
  Invocation invocation;
  Credential credential;
};

// Returns nothing for what `get` would not ask for, or not take.
absl::optional<FirstCredential> FirstCredentialIn(UserKubeconfig cluster, const Invocation& invocation,
                                                  AckSession& service) {
  if (invocation.kind != &kAckIssuer) return absl::nullopt;
  absl::StatusOr<Credential> credential = CheckedCredential(std::move(cluster), service.clock());
  if (!credential.ok()) return absl::nullopt;
  credential->expires = service.clock().LocalTime(credential->expires);
  return FirstCredential{invocation, *std::move(credential)};
}

absl::StatusOr<ClusterEntry> MakeEntry(const InstallRequest& request, const AckOptions& options,
                                       const std::string& command, AckSession& service,
                                       absl::optional<FirstCredential>* first) {
  Invocation invocation = request.invocation;
  invocation.issuer = invocation.kind->for_ack_cluster(options);
  ClusterEntry entry;
  entry.args = FormatInvocation(invocation);
  entry.api_version = invocation.api_version;
  entry.command = command;
  entry.replace = request.replace;
  entry.connection = request.connection;
  const ServerAddress address =
      request.connection.has_server() ? ServerAddress::kGiven : ServerAddress::kOfAck;
  absl::StatusOr<UserKubeconfig> cluster = FetchClusterAddress(options, service, address);
  if (absl::IsNotFound(cluster.status()) && !LooksLikeId(options.cluster_id)) {
    return WithHint(absl::NotFoundError(cluster.status().message()),
                    "an id is c and 32 hex digits; --name takes a cluster's name");
  }
  if (!cluster.ok()) return cluster.status();
  entry.server = cluster->server;
  entry.certificate_authority_data = cluster->certificate_authority_data;
  *first = FirstCredentialIn(*std::move(cluster), invocation, service);
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
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(kUse, ": ", decides, " comes before ", path,
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

// What is to be written, and what is stored of each when it was.
struct PreparedInstall {
  InstallPlan plan;
  std::vector<absl::optional<FirstCredential>> first;
  Identity identity;
};

absl::StatusOr<PreparedInstall> Prepare(const InstallRequest& request, const NameValues& values,
                                        const std::vector<Cluster>& clusters, AckSession& service,
                                        const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> names = NamesFor(request.name_template, values, clusters);
  if (!names.ok()) return UsageError(names.status());
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPathsToChange(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  const bool is_chosen = clusters.size() == 1 && request.choice.by != ClusterChoice::By::kAll;
  PreparedInstall prepared;
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
    absl::optional<FirstCredential> first;
    absl::StatusOr<ClusterEntry> entry =
        command.ok() ? MakeEntry(request, OptionsFor(clusters[i], request), command->command, service, &first)
                     : command.status();
    if (command.ok()) installation.why_command = std::move(command->why);
    installation.status = entry.status();
    if (entry.ok()) installation.entry = *std::move(entry);
    installation.entry.name = (*names)[i];
    installation.entry.split = files->IsSplit(installation.path, (*names)[i]);
    prepared.plan.installations.push_back(std::move(installation));
    prepared.first.push_back(std::move(first));
  }
  prepared.identity = service.identity();
  return prepared;
}

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

// Signs in, finds out which clusters are meant, and asks about each. Changes nothing.
absl::StatusOr<PreparedInstall> PlanInstall(const InstallRequest& request, const Environment& environment) {
  absl::Status named = request.command.empty() ? absl::OkStatus() : NamedCommand(request.command).status();
  if (!named.ok()) return named;
  const AckOptions& options = *request.invocation.issuer->ack();
  const bool changes = !request.edit.dry_run;
  absl::StatusOr<std::unique_ptr<AckSession>> session =
      AckSession::SignIn(request.invocation, environment,
                         changes ? absl::make_optional(request.invocation.store) : absl::nullopt);
  if (!session.ok()) return session.status();
  absl::StatusOr<ChosenClusters> chosen =
      ChooseClusters(request.choice, options, NeedsDetails(request.name_template), **session, environment);
  if (absl::IsNotFound(chosen.status())) return WithHint(chosen.status(), ClustersHint(request));
  if (!chosen.ok()) return chosen.status();
  absl::StatusOr<NameValues> values =
      CallerNames(request.name_template, request.invocation.identity, request.alias, **session, environment);
  if (!values.ok()) return values.status();
  values->emplace("issuer", request.invocation.kind->name);
  SkipOddNames(request, *values, &*chosen);
  if (chosen->clusters.empty()) return NothingToInstall(request, chosen->skipped);
  if (request.use && chosen->clusters.size() > 1) {
    return UsageError(
        absl::StrCat("--use: only one of ", chosen->clusters.size(), " contexts can be the current one"));
  }
  if (request.connection.is_for_one_cluster() && chosen->clusters.size() > 1) {
    return UsageError(
        absl::StrCat("--server, --tls-server-name: for one cluster, and not for ", chosen->clusters.size()));
  }
  absl::StatusOr<PreparedInstall> prepared =
      Prepare(request, *values, chosen->clusters, **session, environment);
  if (prepared.ok()) prepared->plan.skipped = std::move(chosen->skipped);
  return prepared;
}

// What is stored for the stanzas that others have replaced.
void ForgetReplaced(const std::vector<Installation>& installations, const Environment& environment) {
  for (const Installation& installation : installations) {
    if (installation.status.ok() && !installation.old_args.empty())
      ForgetStored(installation.old_args, environment);
  }
}

// Nobody waits for the first kubectl: what was asked for is stored, once the entry is where kubectl finds it.
void KeepForFirstRuns(const PreparedInstall& prepared, const Environment& environment) {
  for (size_t i = 0; i < prepared.first.size(); ++i) {
    if (!prepared.plan.installations[i].status.ok() || !prepared.first[i]) continue;
    const FirstCredential& first = *prepared.first[i];
    KeepForGet(first.credential, first.invocation, prepared.identity, environment);
  }
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
  flags.insert(flags.end() - kEditFlags, ConnectionFlags().begin(), ConnectionFlags().end());
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
  return request;
}

absl::StatusOr<Output> Install(const InstallRequest& request, const Environment& environment) {
  absl::StatusOr<PreparedInstall> prepared = PlanInstall(request, environment);
  if (!prepared.ok()) return prepared.status();
  InstallPlan& plan = prepared->plan;
  std::string diff = WriteInstallations(absl::MakeSpan(plan.installations), request.edit);
  if (!request.edit.dry_run) {
    ForgetReplaced(plan.installations, environment);
    KeepForFirstRuns(*prepared, environment);
  }
  return TellInstalled(plan, request.edit.dry_run, std::move(diff), environment);
}

std::vector<Command> InstallCommands() {
  return ForEachIssuer([](const IssuerKind& kind) {
    if (kind.for_ack_cluster == nullptr) return InstallUserCommand();
    return Command{
        "install",
        "",
        "adds cluster, user and context of ACK clusters",
        R"(Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user
and context to the kubeconfig. No secret is written there: the user runs `credential_provider get` with the flags given
here. `get ack` finds the certificate that came with ACK's answer in its store.
The cluster is given by its id, or chosen from those that the identity can see; with --all each that is running is
installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it again
changes nothing.)",
        &InstallFlags,
        &RunInstall};
  });
}

}  // namespace kubeconfig_writer
