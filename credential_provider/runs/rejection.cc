#include "credential_provider/runs/rejection.h"

#include <algorithm>
#include <vector>

namespace credential_provider {
namespace {

// Returns when, since `start`, the process was given the credential issued at `issued`; not in order.
std::vector<absl::Time> TimesServed(const AnswerLog& servings, pid_t pid, absl::Time issued,
                                    absl::Time start) {
  std::vector<absl::Time> times;
  for (const AnswerRecord& serving : servings.recent) {
    const absl::Time served = absl::FromUnixMicros(serving.served_us);
    if (serving.starter == pid && serving.issued_s == absl::ToUnixSeconds(issued) && served >= start)
      times.push_back(served);
  }
  return times;
}

// Tells whether one was replaced less than `window` ago.
bool IsReplacedLately(const IssueRecord& issuance, absl::Duration window, absl::Time now) {
  const absl::Duration since = now - absl::FromUnixMicros(issuance.rejected_us);
  return since >= absl::ZeroDuration() && since < window;
}

// fabric8, and nobody else, reads stdout and stderr as one stream, and it asks once to make a client: its
// second question may follow its first in no time.
bool IsSecondOfOne(const std::vector<absl::Time>& served, const ParentProcess& starter) {
  return served.size() == 1 && starter.kind == ParentKind::kSilent && starter.reads_both_streams();
}

// Tells whether all earlier questions, at least one, were those of the beginning, and this one is not.
bool IsFirstAfterBeginning(const std::vector<absl::Time>& served, absl::Time now) {
  if (served.empty()) return false;
  const auto [first, last] = std::minmax_element(served.begin(), served.end());
  return *last - *first < kBeginning && now - *first >= kBeginning;
}

}  // namespace

Rejection JudgeRejection(const AnswerLog& servings, const IssueRecord& issuance, const ParentProcess& starter,
                         absl::Time issued, absl::Time now) {
  if (TimesServed(servings, starter.pid, issued, absl::InfinitePast()).empty()) return Rejection::kNone;
  const bool is_client_go = starter.kind == ParentKind::kClientGo;
  const bool futile =
      now - issued < kYoungestRejected ||
      IsReplacedLately(issuance, is_client_go ? kRejectionWindow : kOtherRejectionWindow, now);
  if (!is_client_go && (futile || !IsClient(starter))) return Rejection::kNone;
  const std::vector<absl::Time> served = TimesServed(servings, starter.pid, issued, StartTimeOf(starter.pid));
  if (!is_client_go)
    return IsFirstAfterBeginning(served, now) || IsSecondOfOne(served, starter) ? Rejection::kReplace
                                                                                : Rejection::kNone;
  if (served.size() <= (ReadsManifestFromStdin(starter.pid) ? 1u : 0u)) return Rejection::kNone;
  if (!futile) return Rejection::kReplace;
  const bool is_replacement = issued >= absl::FromUnixSeconds(issuance.rejected_us / 1000000);
  return now - issued < kYoungestRejected || is_replacement ? Rejection::kFutile : Rejection::kNone;
}

}  // namespace credential_provider
