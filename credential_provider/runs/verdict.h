// What a stored credential is worth to a run, and by which rule.
#ifndef CREDENTIAL_PROVIDER_RUNS_VERDICT_H_
#define CREDENTIAL_PROVIDER_RUNS_VERDICT_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/runs/parent_process.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

// The first three are good: they are served.
enum class Verdict {
  kFresh,
  kDue,      // in the last part of its life: served, and renewed afterwards
  kFutile,   // the cluster seems to refuse it, and would refuse a new one too
  kRefused,  // the cluster seems to refuse it
  kEnding,   // less is left than a command may need
  kExpired,
  kClockSetBack,  // issued later than now: what it says of its end is of a clock that was wrong
  kMissing,       // nothing is stored
};

constexpr bool IsGood(Verdict verdict) { return verdict <= Verdict::kFutile; }

// The name of the rule, for logs and records: "fresh", "clock-set-back".
absl::string_view NameOf(Verdict verdict);

// What is done when nothing that is stored is good.
enum class Step {
  kAsk,
  kServeOld,     // issuing failed so lately that it is not tried again, and what is stored still lives
  kTellFailure,  // the same, with nothing that lives
};

// `is_client`: a program waits for the answer. A person at a terminal, who may have put something right that
// does not show here, is never told of an earlier failure.
Step StepWithoutGood(bool has_living, bool is_backing_off, bool is_client);

// Returns why one is issued of which that is the verdict, with `issuance` of before: "first", "lost" (there
// was one), "refused", "expired" (or about to).
absl::string_view WhyIssued(Verdict verdict, const IssueRecord& issuance);

// Judges what is stored, about to be served to `starter`, by itself and by what `state` says of earlier runs.
Verdict JudgeStored(const absl::optional<Entry>& stored, const RunState& state, const ParentProcess& starter,
                    double refresh_ahead, absl::Time now);

// Tells whether `entry` may be handed out. When the clock was set back since, what it says of its end is of a
// clock that was wrong.
bool IsFresh(const Entry& entry, absl::Time now);

// Tells whether `entry` is in the last part of its life, that in which it is renewed ahead, or is no good at
// all.
bool IsDue(const Entry& entry, double refresh_ahead, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_VERDICT_H_
