#include "kubeconfig_writer/commands/sync_report.h"

#include <unistd.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/commands/install_report.h"
#include "kubeconfig_writer/entries/connection.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

class SyncReport {
 public:
  SyncReport(const SyncPlan& plan, const EntryChanges& changes, bool dry_run)
      : plan_(plan), changes_(changes), dry_run_(dry_run), unchanged_(plan.unchanged) {}

  Output Make() {
    for (const Removal& removal : changes_.removals) TellRemoval(removal);
    for (const StandingEntry& entry : plan_.gone) TellGone(entry);
    for (size_t i = 0; i < changes_.installations.size(); ++i)
      TellInstallation(changes_.installations[i], plan_.added[i]);
    for (const OtherServer& other : plan_.other_servers) TellServer(other);
    TellCurrent();
    for (const absl::Status& refused : plan_.refused) Fail(refused);
    if (not_asked_ > 0) {
      Fail(WithHint(
          absl::CancelledError(absl::StrCat("stopped: ", not_asked_, " clusters were not asked about")),
          "the same command goes on with these"));
    }
    if (!output_.text.empty()) absl::StrAppend(&output_.text, Sum());
    return std::move(output_);
  }

 private:
  void Line(absl::string_view line) { output_.text += LineFor(STDOUT_FILENO, line); }

  // What failed for many in the same way is said once.
  void Fail(const absl::Status& status) {
    output_.exit_status = kFailure;
    if (said_.insert(std::string(status.message())).second) PrintError(kWriterProgramName, status);
  }

  // "added" or, of what was not done, "would add".
  std::string Did(absl::string_view done, absl::string_view to_do) const {
    return dry_run_ ? absl::StrCat("would ", to_do) : std::string(done);
  }

  void TellRemoval(const Removal& removal) {
    if (!removal.status.ok()) return Fail(removal.status);
    if (!removal.removed) return;
    ++removed_;
    const std::string what = removal.contexts.empty()
                                 ? absl::StrCat("user ", Printable(removal.user))
                                 : absl::StrCat("context ", Printable(absl::StrJoin(removal.contexts, ", ")));
    Line(absl::StrCat(Did("removed ", "remove "), what, ": its cluster is gone"));
  }

  void TellGone(const StandingEntry& entry) {
    const std::string& name = entry.context.empty() ? entry.name : entry.context;
    Line(absl::StrCat("gone: cluster ", Printable(entry.ack().cluster_id), " of context ", Printable(name),
                      ", which --prune removes"));
  }

  void TellInstallation(const Installation& installation, const std::string& title) {
    const absl::Status& status = installation.status;
    if (absl::IsCancelled(status)) {
      ++not_asked_;
    } else if (!status.ok()) {
      ++failed_;
      Fail(status);
    } else if (!installation.changed) {
      ++unchanged_;
    } else if (!title.empty()) {
      ++added_;
      Line(absl::StrCat(Did("added", "add"), " context ", Printable(installation.context), " of cluster ",
                        Printable(title)));
    } else {
      ++changed_;
      const std::string changes = ChangesOf(installation);
      Line(absl::StrCat(changes.empty() ? Did("completed", "complete") : Did("changed", "change"),
                        " context ", Printable(installation.context), changes.empty() ? "" : ": ", changes));
    }
  }

  void TellServer(const OtherServer& other) {
    Line(absl::StrCat("kept server ", Printable(other.server), " of context ", Printable(other.context),
                      ", which is not ACK's ", Printable(other.of_ack), ": --server ", kServerOfAck,
                      " takes that"));
  }

  void TellCurrent() {
    for (const Removal& removal : changes_.removals) {
      if (removal.status.ok() && removal.was_current && changes_.chosen.empty())
        Line(absl::StrCat("no current-context any more: it ", dry_run_ ? "is" : "was", " of the cluster of ",
                          Printable(removal.user), ", which is gone"));
    }
    if (!changes_.chosen.empty())
      Line(absl::StrCat("context ", Printable(changes_.chosen), dry_run_ ? " would be" : " is",
                        " the current-context, the only one"));
  }

  // "2 is not running: …, 1 has no public endpoint".
  std::string WhySkipped() const {
    std::map<std::string, size_t> reasons;
    for (const std::string& skipped : plan_.install.skipped) {
      const std::vector<std::string> parts = absl::StrSplit(skipped, absl::MaxSplits("): ", 1));
      ++reasons[Printable(parts.back())];
    }
    return absl::StrJoin(reasons, ", ", [](std::string* out, const auto& reason) {
      absl::StrAppend(out, reason.second, " ", reason.first);
    });
  }

  std::string Sum() const {
    std::string sum = absl::StrCat("in all: ", added_, dry_run_ ? " to add, " : " added, ", changed_,
                                   dry_run_ ? " to change, " : " changed, ", removed_,
                                   dry_run_ ? " to remove, " : " removed, ", unchanged_,
                                   dry_run_ ? " as they are" : " as they were");
    if (!plan_.gone.empty()) absl::StrAppend(&sum, ", ", plan_.gone.size(), " gone");
    if (failed_ > 0) absl::StrAppend(&sum, ", ", failed_, " failed");
    const size_t skipped = plan_.install.skipped.size();
    if (skipped > 0) absl::StrAppend(&sum, ", ", skipped, " skipped (", WhySkipped(), ")");
    return LineFor(STDOUT_FILENO, sum);
  }

  const SyncPlan& plan_;
  const EntryChanges& changes_;
  const bool dry_run_;
  Output output_;
  std::set<std::string> said_;
  size_t added_ = 0, changed_ = 0, removed_ = 0, failed_ = 0, not_asked_ = 0;
  size_t unchanged_;
};

// Of what was added, what would keep kubectl from starting it.
void WarnOfCommands(const EntryChanges& changes, const Environment& environment) {
  std::set<std::string> seen;
  for (const Installation& installation : changes.installations) {
    const std::string& command = installation.entry.command;
    if (!installation.status.ok() || !installation.changed || !seen.insert(command).second) continue;
    const absl::Status allowed = CheckPluginPolicy(command, environment).status();
    if (!allowed.ok()) PrintWarning(kWriterProgramName, allowed);
    WarnOfCommand(command, "", environment);
  }
}

}  // namespace

Output TellSynced(const SyncPlan& plan, const EntryChanges& changes, bool dry_run,
                  const Environment& environment) {
  WarnOfCommands(changes, environment);
  return SyncReport(plan, changes, dry_run).Make();
}

}  // namespace kubeconfig_writer
