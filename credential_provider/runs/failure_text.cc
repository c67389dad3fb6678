#include "credential_provider/runs/failure_text.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/runs/parent_process.h"

namespace credential_provider {
namespace {

constexpr size_t kShortReason = 120;
// How much earlier than it is noted a process may have been started, by a clock that counts hundredths.
constexpr absl::Duration kClockTick = absl::Milliseconds(20);

// Rounded to seconds, one at least.
std::string InSeconds(absl::Duration duration) {
  const absl::Duration rounded = absl::Floor(duration + absl::Milliseconds(500), absl::Seconds(1));
  return absl::FormatDuration(std::max(rounded, absl::Seconds(1)));
}

// Tells whether the number that the lock's holder has left is its own here: not in another container, on
// another machine, or a later process's.
bool IsHolderHere(const IssueRecord& issuance) {
  return issuance.holder > 0 && IsOfThisProgram(issuance.holder) &&
         StartTimeOf(issuance.holder) <= absl::FromUnixMicros(issuance.held_us) + kClockTick;
}

std::string NameOfHolder(const IssueRecord& issuance) {
  if (!IsHolderHere(issuance)) return "another run";
  return absl::StrCat("another run, process ", issuance.holder,
                      IsStopped(issuance.holder) ? " (stopped)," : ",");
}

std::string WayOut(const IssueRecord& issuance) {
  const int32_t pid = issuance.holder;
  if (!IsHolderHere(issuance))
    return "it is not among the processes here; with --store none a run waits for no other";
  if (IsStopped(pid))
    return absl::StrCat("`kill -CONT ", pid, "` lets it go on, `kill -KILL ", pid, "` ends it");
  return absl::StrCat("`ps -fp ", pid, "` shows what it is, `kill ", pid, "` ends it");
}

}  // namespace

std::string HolderInWords(const IssueRecord& issuance) {
  const int32_t pid = HolderHere(issuance);
  if (pid == 0) return "another run, which asks for the same credential";
  return absl::StrCat("process ", pid, IsStopped(pid) ? " (stopped)" : "",
                      ", which asks for the same credential");
}

int32_t HolderHere(const IssueRecord& issuance) { return IsHolderHere(issuance) ? issuance.holder : 0; }

absl::Status RememberedFailure(const IssueRecord& issuance, Told told, absl::Time now) {
  const absl::Status failure = issuance.Failure();
  const absl::Duration age = now - issuance.failed();
  const std::string begin = absl::StrCat("failed ", InSeconds(age), " ago, not asked again yet: ");
  if (told == Told::kYes)
    return absl::Status(failure.code(), absl::StrCat(begin, Printable(failure.message(), kShortReason)));
  const std::string hint = HintOf(failure);
  return WithHint(
      absl::Status(failure.code(), absl::StrCat(begin, failure.message())),
      absl::StrCat(hint, hint.empty() ? "" : "; ", "it is asked again in ", InSeconds(kFailureWindow - age),
                   ", and at once by the same `credential_provider get` at a terminal"));
}

absl::Status HeldUp(const IssueRecord& issuance, absl::Duration waited) {
  return WithHint(absl::DeadlineExceededError(
                      absl::StrCat(NameOfHolder(issuance), " is still asking for this credential, after ",
                                   absl::FormatDuration(absl::Trunc(waited, absl::Seconds(1))))),
                  WayOut(issuance));
}

absl::Status StillHeldUp(const IssueRecord& issuance, Told told) {
  const absl::Status held_up = absl::DeadlineExceededError(absl::StrCat(
      NameOfHolder(issuance), " is still asking for this credential, and is not waited for again yet"));
  return told == Told::kYes ? held_up : WithHint(held_up, WayOut(issuance));
}

absl::Status RefusedByCluster(absl::Duration age) {
  return WithHint(
      absl::PermissionDeniedError(
          absl::StrCat("the cluster seems to refuse this credential, which was issued ", InSeconds(age),
                       " ago: the same process has asked again")),
      "`kubeconfig_writer verify CONTEXT` says what the server answers; causes are the clock of a node "
      "or of this machine, "
      "a context that leads to another cluster, or an identity that the cluster does not know");
}

}  // namespace credential_provider
