#include "credential_provider/runs/verdict.h"

#include "credential_provider/runs/rejection.h"

namespace credential_provider {
namespace {

// A credential with less than this left is replaced before it is handed out: clients other than kubectl ask
// again when a minute is left, and a command may run for a while.
constexpr absl::Duration kLeastRemaining = absl::Minutes(2);
// How far ahead of this clock the one may be that an entry was issued by: another machine's with the same
// home.
constexpr absl::Duration kClockTolerance = absl::Minutes(1);

Verdict JudgeUseless(const Entry& entry, absl::Time now) {
  if (entry.expiration - now >= kLeastRemaining) return Verdict::kClockSetBack;
  return now < EndOf(entry) ? Verdict::kEnding : Verdict::kExpired;
}

}  // namespace

absl::string_view NameOf(Verdict verdict) {
  constexpr absl::string_view kNames[] = {"fresh",  "due",     "futile",         "refused",
                                          "ending", "expired", "clock-set-back", "missing"};
  return kNames[static_cast<int>(verdict)];
}

Step StepWithoutGood(bool has_living, bool is_backing_off, bool is_client) {
  if (!is_backing_off) return Step::kAsk;
  if (has_living) return Step::kServeOld;
  return is_client ? Step::kTellFailure : Step::kAsk;
}

absl::string_view WhyIssued(Verdict verdict, const IssueRecord& issuance) {
  if (verdict == Verdict::kMissing) return issuance.issuances == 0 ? "first" : "lost";
  return verdict == Verdict::kRefused ? "refused" : "expired";
}

bool IsFresh(const Entry& entry, absl::Time now) {
  return entry.expiration - now >= kLeastRemaining && entry.issued - now < kClockTolerance;
}

bool IsDue(const Entry& entry, double refresh_ahead, absl::Time now) {
  return !IsFresh(entry, now) || entry.expiration - now < (entry.expiration - entry.issued) * refresh_ahead;
}

Verdict JudgeStored(const absl::optional<Entry>& stored, const RunState& state, const ParentProcess& starter,
                    double refresh_ahead, absl::Time now) {
  if (!stored) return Verdict::kMissing;
  if (!IsFresh(*stored, now)) return JudgeUseless(*stored, now);
  const Rejection rejection = JudgeRejection(state.servings, state.issuance, starter, stored->issued, now);
  if (rejection == Rejection::kReplace) return Verdict::kRefused;
  if (rejection == Rejection::kFutile) return Verdict::kFutile;
  return IsDue(*stored, refresh_ahead, now) ? Verdict::kDue : Verdict::kFresh;
}

}  // namespace credential_provider
