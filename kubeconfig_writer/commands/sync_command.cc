#include "kubeconfig_writer/commands/sync_command.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/issuers/registry.h"
#include "kubeconfig_writer/clusters/fleet_flags.h"
#include "kubeconfig_writer/commands/dangling_notice.h"
#include "kubeconfig_writer/commands/install_command.h"
#include "kubeconfig_writer/commands/sync_report.h"
#include "kubeconfig_writer/entries/connection.h"
#include "kubeconfig_writer/entries/forget_stored.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/install/accounts.h"
#include "kubeconfig_writer/install/sync_plan.h"
#include "kubeconfig_writer/install/unknown_regions.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kPrune[] = "--prune";
constexpr char kServer[] = "--server";

// What is about one cluster, or says what cannot be said of many.
constexpr absl::string_view kNotOfMany[] = {
    "--cluster-id", "--name", "--all", "--interactive", "--replace", "--use", "--tls-server-name"};

// Those of `install` that say something here in another way.
constexpr FlagSpec kInTheirPlace[] = {
    {kServer, "ack", "take ACK's address also where another was set", "ack", Preset::kNever},
    {kDryRunFlag.name, nullptr, "say what would be done, and write nothing"},
};

std::vector<FlagSpec> SyncFlags(const Command& command) {
  std::vector<FlagSpec> flags = InstallFlags(command);
  const auto is_not = [](const FlagSpec& flag) {
    return std::find(std::begin(kNotOfMany), std::end(kNotOfMany), flag.name) != std::end(kNotOfMany);
  };
  flags.erase(std::remove_if(flags.begin(), flags.end(), is_not), flags.end());
  for (const FlagSpec& other : kInTheirPlace) {
    const auto is_it = [&other](const FlagSpec& flag) { return absl::string_view(flag.name) == other.name; };
    std::replace_if(flags.begin(), flags.end(), is_it, other);
  }
  flags.insert(flags.begin(),
               {kPrune, nullptr, "remove the contexts whose clusters are gone, with cluster and user"});
  return flags;
}

absl::StatusOr<InstallRequest> ParseSync(const Command& command, const ParsedFlags& flags,
                                         const Environment& environment) {
  absl::Status server = flags.CheckChoice(kServer);
  if (!server.ok()) return server;
  absl::StatusOr<InstallRequest> request = ParseInstall(command, flags.With("--all", ""));
  if (!request.ok()) return request.status();
  request->edit = ParseEditChoice(flags, environment);
  return request;
}

// A context in another file leads to what is gone.
void WarnOfLeft(const SyncPlan& plan, const std::string& given, const EntryChanges& changes) {
  for (const Removal& removal : changes.removals) {
    if (removal.removed && removal.status.ok()) WarnOfDangling(plan.paths, given, removal.user);
  }
}

// What has become of the entries is in the store, too.
void KeepAndForget(const SyncPlan& plan, const EntryChanges& changes, const Environment& environment) {
  for (const Removal& removal : changes.removals) {
    if (removal.removed && removal.status.ok()) ForgetStored(removal.stanza, environment);
  }
  for (size_t i = 0; i < changes.installations.size(); ++i) {
    const Installation& installation = changes.installations[i];
    if (!installation.status.ok()) continue;
    if (!installation.old_stanza.args.empty()) ForgetStored(installation.old_stanza, environment);
    if (plan.install.first[i]) Keep(*plan.install.first[i], *plan.install.who[i], environment);
  }
}

absl::StatusOr<Output> RunSync(const Command& command, const ParsedFlags& flags,
                               const Environment& environment) {
  absl::StatusOr<InstallRequest> request = ParseSync(command, flags, environment);
  if (!request.ok()) return UsageError(request.status());
  absl::Status named = request->command.empty() ? absl::OkStatus() : NamedCommand(request->command).status();
  if (!named.ok()) return named;
  const std::vector<Account> accounts = AskAccounts(*request, environment);
  if (accounts.size() == 1 && !accounts.front().status.ok()) return accounts.front().status;
  int exit_status = kSuccess;
  for (const Account& account : accounts) {
    if (account.status.ok()) continue;
    PrintError(kWriterProgramName, account.status);
    exit_status = kFailure;
  }
  WarnOfUnknownRegions(request->choice.filter, accounts);
  absl::StatusOr<SyncPlan> plan =
      PlanSync(accounts, {flags.Has(kPrune), flags.Has(kEndpointTypeFlag)}, environment);
  if (!plan.ok()) return plan.status();
  EntryChanges changes{absl::MakeSpan(plan->install.installations), absl::MakeSpan(plan->removals),
                       plan->choose_in, ""};
  WriteChanges(changes, request->edit);
  if (!request->edit.dry_run) {
    KeepAndForget(*plan, changes, environment);
    WarnOfLeft(*plan, request->kubeconfig, changes);
  }
  Output output = TellSynced(*plan, changes, request->edit.dry_run, environment);
  output.exit_status = std::max(output.exit_status, exit_status);
  return output;
}

}  // namespace

Command SyncCommand() {
  Command command = {
      "sync",
      "",
      "makes the kubeconfig what the cloud says",
      R"(Adds contexts for the running ACK clusters that have none yet, puts right what is missing in those that are there, and
names those whose cluster is gone, which --prune removes. Which cluster a context is for, and who asks, says its exec stanza:
contexts may be renamed, and so may clusters; a context keeps its name, its flags and its command. Entries of other
identities, regions and of other programs are left alone, and a filter only narrows what is added and put right. Nothing is
printed when nothing was to be done, as cron likes it. The status is 1 when an account, a cluster or the file failed: of an
account that cannot be listed nothing is removed.)",
      &SyncFlags,
      &RunSync};
  command.kind = IssuerKinds().front();
  return command;
}

}  // namespace kubeconfig_writer
