#include "kubeconfig_writer/commands/warm_command.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/many_at_once.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/text/did_you_mean.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/entries/our_users.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/entries/warm_entries.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kAll[] = "--all";

std::vector<FlagSpec> WarmFlags(const Command&) {
  return {
      {kAll, nullptr, "every context of this program"}, kKubeconfigFlag, kParallelFlag, kCallsPerSecondFlag};
}

// Of several contexts with one user the first, since they share a credential. What `get exec` runs may want
// to ask somebody.
std::vector<OurRow> AllOf(std::vector<OurRow> rows) {
  std::set<std::string> users;
  std::vector<OurRow> all;
  for (OurRow& row : rows) {
    if (row.is_context && !IsWrapped(row.user.content) && users.insert(row.user.name).second)
      all.push_back(std::move(row));
  }
  return all;
}

std::vector<std::string> ContextsOf(const std::vector<OurRow>& rows) {
  std::vector<std::string> names;
  for (const OurRow& row : rows) {
    if (row.is_context) names.push_back(row.name);
  }
  return names;
}

absl::StatusOr<OurRow> RowOf(const std::string& context, const std::vector<OurRow>& rows) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const OurRow& row) { return row.is_context && row.name == context; });
  const std::string subject = absl::StrCat("context ", Printable(context));
  if (found == rows.end()) {
    return WithHint(
        absl::NotFoundError(absl::StrCat(subject, ": none of this program has that name")),
        DidYouMean(context, ContextsOf(rows), "`kubeconfig_writer list` shows those that there are"));
  }
  if (!IsWrapped(found->user.content)) return *found;
  return WithHint(absl::FailedPreconditionError(absl::StrCat(subject, ": runs another plugin")),
                  "its first use stores what that plugin prints");
}

// Those that the flags and operands mean; without any, the current one.
absl::StatusOr<std::vector<OurRow>> ChosenRows(const ParsedFlags& flags, const MergedKubeconfig& kubeconfig) {
  std::vector<OurRow> rows = FindOurRows(kubeconfig);
  if (flags.Has(kAll)) return AllOf(std::move(rows));
  std::vector<std::string> contexts = flags.operands();
  if (contexts.empty()) contexts.push_back(kubeconfig.current_context());
  if (contexts.front().empty()) return UsageError("warm: there is no current-context: name one, or --all");
  std::vector<OurRow> chosen;
  for (const std::string& context : contexts) {
    absl::StatusOr<OurRow> row = RowOf(context, rows);
    if (!row.ok()) return row.status();
    chosen.push_back(*std::move(row));
  }
  return AllOf(std::move(chosen));
}

// What failed for many contexts in the same way is said once.
void SayFailures(const std::vector<WarmReport::Failure>& failures) {
  std::map<std::string, std::vector<const WarmReport::Failure*>> by_reason;
  for (const WarmReport::Failure& failure : failures)
    by_reason[std::string(failure.status.message())].push_back(&failure);
  for (const auto& [reason, of_reason] : by_reason) {
    const WarmReport::Failure& first = *of_reason.front();
    const std::string others =
        of_reason.size() == 1 ? "" : absl::StrCat(" and ", of_reason.size() - 1, " more");
    PrintError(kWriterProgramName,
               first.context.empty()
                   ? first.status
                   : WithContext(first.status, absl::StrCat("context ", Printable(first.context), others)));
  }
}

// Cron sends what is printed by mail: nothing when there was nothing to do.
std::string Sum(const WarmReport& report) {
  if (report.stored == 0) return "";
  return LineFor(STDOUT_FILENO,
                 absl::StrCat("stored: ", report.stored, ", good already: ", report.good + report.elsewhere));
}

absl::StatusOr<Output> RunWarm(const Command&, const ParsedFlags& flags, const Environment& environment) {
  if (flags.Has(kAll) && !flags.operands().empty())
    return UsageError("warm: names of contexts, or --all, and not both");
  absl::StatusOr<ParallelLimits> limits = ParseParallelLimits(flags);
  if (!limits.ok()) return UsageError(limits.status());
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<std::vector<OurRow>> rows = ChosenRows(flags, *kubeconfig);
  if (!rows.ok()) return rows.status();
  absl::optional<ProgressLine> progress;
  const WarmReport report = WarmEntries(*rows, *limits, environment, [&](size_t done, size_t of) {
    if (done == 0 && of > 1) progress.emplace("asking for credentials", of);
    if (progress) progress->Show(done);
  });
  progress.reset();
  SayFailures(report.failures);
  if (report.stopped) {
    PrintError(kWriterProgramName, WithHint(absl::CancelledError("stopped before all were asked for"),
                                            "what was stored stays; the same command goes on"));
  }
  return Output{Sum(report), report.failures.empty() && !report.stopped ? kSuccess : kFailure};
}

}  // namespace

const Command kWarmCommand = {
    "warm",
    "[CONTEXT]...",
    "stores credentials before anybody waits for them",
    R"(For the contexts that are named, for all of this program, or for the current one: asks for a credential where none is
stored, or where the stored one is in the last part of its life, many at a time. Who asks signs in once for all contexts
that say the same. Prints nothing when there is nothing to do, as cron and login scripts like it. What was stored before
a Ctrl-C stays. Contexts that run another plugin through `get exec` are left out.)",
    &WarmFlags,
    &RunWarm,
    &OurContextNames,
};

}  // namespace kubeconfig_writer
