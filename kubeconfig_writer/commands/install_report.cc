#include "kubeconfig_writer/commands/install_report.h"

#include <unistd.h>

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/entries/stanza_change.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

std::string ResultLine(const Installation& installation) {
  const std::string name = Printable(installation.context), path = Printable(installation.path);
  const std::string current = installation.use ? ", the current-context" : "";
  const std::string changes = ChangesOf(installation);
  if (!installation.changed)
    return LineFor(STDOUT_FILENO, absl::StrCat("nothing to do: context ", name, " is in ", path, current));
  if (changes.empty())
    return LineFor(STDOUT_FILENO, absl::StrCat("wrote context ", name, " to ", path, current));
  return LineFor(STDOUT_FILENO, absl::StrCat("changed context ", name, " in ", path, ": ", changes, current));
}

std::string KeptLine(const Installation& installation) {
  if (installation.kept_server.empty()) return "";
  return LineFor(STDOUT_FILENO, absl::StrCat("kept its server ", Printable(installation.kept_server),
                                             ", which is not ACK's ", Printable(installation.entry.server),
                                             ": --server ", kServerOfAck, " takes that"));
}

void WarnOfLostContext(const Installation& installation) {
  const std::string& lost = installation.lost_context;
  PrintWarning(kWriterProgramName,
               WithHint(absl::FailedPreconditionError(absl::StrCat(
                            installation.path, ": the current-context was ", Printable(lost),
                            ", which a file in braces cannot remember: uninstall will leave none")),
                        absl::StrCat("`",
                                     ShellLine({"kubectl", "config", "use-context", lost, "--kubeconfig",
                                                installation.path}),
                                     "` goes back to it")));
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

// How many of several clusters came to what.
struct Counts {
  size_t written = 0;
  size_t unchanged = 0;
  size_t failed = 0;
  size_t not_asked = 0;
};

std::string SumLine(const Counts& counts, size_t skipped) {
  return LineFor(STDOUT_FILENO,
                 absl::StrCat("in all: ", counts.written, " written, ", counts.unchanged, " as they were, ",
                              counts.failed, " failed, ", skipped, " skipped"));
}

void SayStopped(const Counts& counts, size_t of) {
  PrintError(kWriterProgramName,
             WithHint(absl::CancelledError(absl::StrCat("stopped: ", counts.not_asked, " of ", of,
                                                        " clusters were not asked about")),
                      "the others are done; the same command goes on with these"));
}

// What is said when some of several clusters may have failed. stdout is left to the diff of a dry run.
Output Summary(const InstallPlan& plan, bool dry_run, std::string diff) {
  Output output{std::move(diff)};
  Counts counts;
  for (const Installation& installation : plan.installations) {
    if (installation.status.ok()) {
      ++(installation.changed ? counts.written : counts.unchanged);
      if (!dry_run) absl::StrAppend(&output.text, ResultLine(installation), KeptLine(installation));
      continue;
    }
    output.exit_status = kFailure;
    const bool is_stopped = absl::IsCancelled(installation.status);
    ++(is_stopped ? counts.not_asked : counts.failed);
    if (!is_stopped) PrintError(kWriterProgramName, installation.status);
  }
  for (const std::string& reason : plan.skipped) {
    if (dry_run) PrintWarning(kWriterProgramName, absl::FailedPreconditionError("skipped " + reason));
    if (!dry_run) output.text += LineFor(STDOUT_FILENO, absl::StrCat("skipped ", Printable(reason)));
  }
  if (counts.not_asked > 0) SayStopped(counts, plan.installations.size());
  if (!dry_run && plan.installations.size() > 1)
    absl::StrAppend(&output.text, SumLine(counts, plan.skipped.size()));
  return output;
}

// kubectl without a current-context asks localhost:8080, and says no more than that nobody answers there.
void SayIfNoneIsCurrent(const InstallPlan& plan) {
  std::vector<std::string> installed;
  for (const Installation& installation : plan.installations) {
    if (installation.use) return;
    if (installation.status.ok()) installed.push_back(installation.context);
  }
  if (plan.has_current || installed.empty()) return;
  const std::string name = installed.size() == 1 ? installed.front() : "CONTEXT";
  PrintWarning(
      kWriterProgramName,
      WithHint(absl::FailedPreconditionError("there is no current-context: kubectl needs --context until one "
                                             "is chosen"),
               absl::StrCat("`", ShellLine({"kubeconfig_writer", "use", name}), "` or `",
                            ShellLine({"kubectl", "config", "use-context", name}), "` chooses one")));
}

}  // namespace

std::string ChangesOf(const Installation& installation) {
  const ClusterEntry& entry = installation.entry;
  const ProviderStanza& old = installation.old_stanza;
  std::string changes = old.args.empty() ? "" : DescribeChange(old, {entry.args, entry.env});
  if (installation.old_server.empty()) return changes;
  const std::string& server = entry.connection.has_server() ? entry.connection.server : entry.server;
  return absl::StrCat(changes, changes.empty() ? "" : ", ", "server ", Printable(installation.old_server),
                      " -> ", Printable(server));
}

absl::StatusOr<Output> TellInstalled(const InstallPlan& plan, bool dry_run, std::string diff,
                                     const Environment& environment) {
  const std::vector<Installation>& installations = plan.installations;
  const absl::Status allowed = CheckPluginPolicy(installations.front().entry.command, environment).status();
  if (!allowed.ok()) PrintWarning(kWriterProgramName, allowed);
  for (const Installation& installation : installations) {
    if (installation.status.ok() && !installation.lost_context.empty()) WarnOfLostContext(installation);
  }
  if (!dry_run) SayCommands(installations, environment);
  const bool only_one = installations.size() == 1 && plan.skipped.empty();
  if (only_one && !installations.front().status.ok()) return installations.front().status;
  if (!dry_run) SayIfNoneIsCurrent(plan);
  return Summary(plan, dry_run, std::move(diff));
}

}  // namespace kubeconfig_writer
