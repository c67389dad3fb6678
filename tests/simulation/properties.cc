#include "tests/simulation/properties.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/runs/rejection.h"

namespace credential_provider::simulation {
namespace {

constexpr absl::Duration kGood = absl::Minutes(2);  // with less left, a credential is replaced first
constexpr absl::Duration kPrinted =
    absl::Minutes(1);  // how much earlier than its end a credential is said to end
constexpr absl::Duration kTolerance = absl::Seconds(3);
constexpr Nanos kLockSlack = 5 * kSecond;  // of the patience, beside the time of an issuance
constexpr Nanos kOverhead = kSecond;       // what the steps of a run may take together
constexpr char kBeginOfAnswer[] =
    R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1")";

Nanos ToNanos(absl::Duration duration) { return absl::ToInt64Nanoseconds(duration); }

Nanos BackoffAfter(int failures) {
  Nanos wait = ToNanos(kFirstBackoff);
  for (int i = 1; i < failures && wait < ToNanos(kLongestBackoff); ++i) wait *= 2;
  return std::min(wait, ToNanos(kLongestBackoff));
}

std::string Seconds(Nanos duration) { return absl::StrCat(static_cast<double>(duration) / 1e9, " s"); }

}  // namespace

bool operator==(const Disturbances& a, const Disturbances& b) {
  return a.lost == b.lost && a.forgotten == b.forgotten && a.clock == b.clock && a.secret == b.secret;
}

Properties::Properties(Kernel& kernel, int keys, bool traced)
    : kernel_(kernel), keys_(static_cast<size_t>(keys)), traced_(traced) {}

void Properties::Fail(const char* rule, const std::string& what) {
  if (!colliding) FailAnswer(rule, what);
}

void Properties::FailAnswer(const char* rule, const std::string& what) {
  if (!violation.empty()) return;
  violation = absl::StrCat(rule, ": ", what);
  if (traced_) kernel_.Note("VIOLATED %s", violation.c_str());
  kernel_.Stop();
}

bool Properties::IsStored(const Known& known) const {
  return known.issued >= 0 && known.then.lost == disturbances.lost &&
         known.then.forgotten == disturbances.forgotten;
}

absl::Duration Properties::Left(int number) const {
  return issued[static_cast<size_t>(number)].seems_end - kPrinted - kernel_.WallTime();
}

bool Properties::IsDue(int number, absl::Duration tolerance) const {
  const Issued& credential = issued[static_cast<size_t>(number)];
  const absl::Duration life = credential.seems_end - kPrinted - credential.given;
  return Left(number) - tolerance < life * refresh_ahead;
}

// Some are as good as expired when they come, by a clock that runs ahead.
bool Properties::WasGood(int number) const {
  const Issued& credential = issued[static_cast<size_t>(number)];
  return credential.seems_end - kPrinted - credential.given >= kGood + kTolerance;
}

bool Properties::HadBefore(const Run& run, int number) const {
  const std::vector<int>& had = run.caller->had;
  return run.caller->had_one_killed || std::count(had.begin(), had.end(), number) > 0;
}

void Properties::ForgetExpired() {
  for (Key& key : keys_) {
    if (key.known.issued >= 0 && Left(key.known.issued) + kPrinted <= kTolerance) key.known = Known();
  }
}

void Properties::RunBegins(Run& run) {
  Key& key = keys_[static_cast<size_t>(run.key)];
  ++key.begun;
  run.overlaps = key.active++ > 0;
  run.shares_caller = run.caller->active++ > 0;
  run.begun = key.begun;
  run.begin = kernel_.now();
  run.begin_wall = kernel_.WallTime();
  run.then = disturbances;
  run.known = IsStored(key.known) ? key.known : Known();
  run.dropped_then = key.dropped;
  run.had_given_up_before = key.last.going_on && key.gave_up_then == disturbances &&
                            kernel_.now() - key.gave_up < ToNanos(kFailureWindow) - kSecond;
}

int Properties::InAnswer(const std::string& out) {
  const std::string word = R"("token":")";
  const size_t begin = out.find(word);
  if (begin == std::string::npos || !absl::StartsWith(out, kBeginOfAnswer) || !absl::EndsWith(out, "}}\n"))
    return -1;
  absl::string_view token = absl::string_view(out).substr(begin + word.size());
  token = token.substr(0, token.find('"'));
  for (size_t i = issued.size(); i-- > 0;) {
    if (issued[i].token == token) return static_cast<int>(i);
  }
  return -1;
}

void Properties::RunEnds(Run& run, bool killed) {
  Key& key = keys_[static_cast<size_t>(run.key)];
  if (key.last.run == &run) {
    key.last.refusals = run.process->refusals;
    key.last.cut_short = key.last.cut_short || (killed && run.is_detached == key.last.is_detached);
    key.last.going_on = false;
    if (key.last.cut_short && key.last.end != 0 && !key.last.succeeded) --key.noted_failures;  // perhaps
    // It removes what has expired by a clock that was set since, another key's too.
    if (key.last.then.clock != disturbances.clock) ++disturbances.lost;
    const bool kept = !killed && key.last.succeeded && run.process->refusals == 0;
    const bool unclear = (run.process->refusals > 0 && run.may_replace) ||
                         (key.last.succeeded && IsOfWrongClock(key.last.issued));
    if (unclear) {
      key.known = Known();
      ++key.dropped;
    }
    if (kept && run.replaces) {
      key.rejected = run.begin;
      key.rejected_then = disturbances;
    }
    if (kept && key.last.then == disturbances && run.then.lost == disturbances.lost && !key.last.cut_short)
      key.known = {key.last.issued, key.last.then};
  }
  if (run.is_detached) return;
  --key.active;
  --run.caller->active;
  const int number = InAnswer(run.process->out);
  if (!run.process->out.empty()) CheckAnswer(run, number);
  run.attended_issuances = run.issuances;
  run.caller->had_one_killed = run.caller->had_one_killed || killed;
  if (killed) return;
  if (run.process->out.empty() && absl::StrContains(run.process->err, "is still asking") &&
      !absl::StrContains(run.process->err, "not waited for again"))
    key.gave_up = kernel_.now(), key.gave_up_then = disturbances;
  CheckWait(run, number);
  CheckUse(run, number);
  CheckRenewal(run, number);
  CheckRefused(run, number);
  run.caller->begun_then = key.begun;
  run.caller->then = disturbances;
  run.caller->others_then = run.overlaps || key.begun != run.begun;
  if (number >= 0) run.caller->had.push_back(number);
}

// Nobody gets another's credential, a torn one, one that has expired, or an older one than is stored.
void Properties::CheckAnswer(const Run& run, int number) {
  if (number < 0) return FailAnswer("an answer is a whole credential", run.process->out.substr(0, 200));
  const Issued& credential = issued[static_cast<size_t>(number)];
  if (credential.key != run.key) return FailAnswer("nobody gets another's credential", run.process->label);
  if (kernel_.ahead() == 0 && run.then == disturbances && run.process->stopped_for == 0 &&
      credential.seems_end == credential.end && credential.end <= kernel_.TrueTime())
    Fail("what is handed out lives", absl::StrCat("credential ", number));
  const bool unchanged = run.then == disturbances && run.known.issued >= 0;
  if (unchanged && number < run.known.issued)
    Fail("the newest one is served", absl::StrCat(number, " instead of ", run.known.issued));
}

// Nobody waits while a good one is stored, longer than the patience, or for nothing.
void Properties::CheckWait(const Run& run, int number) {
  const Nanos took = kernel_.now() - run.begin - run.process->stopped_for;
  const Nanos patience = run.time_limit + kLockSlack;
  if (took > patience + run.time_limit + kOverhead)
    Fail("nobody waits longer than the patience and one issuance", Seconds(took));
  if (run.issuances == 0 && took > patience + kOverhead)
    Fail("nobody waits longer than the patience", Seconds(took));
  const bool is_person = run.caller->kind == CallerKind::kPerson;
  if (run.had_given_up_before && run.issuances == 0 && !is_person && run.then == disturbances &&
      took > 2 * kSecond)
    Fail("whom another has just given up on is not waited for", Seconds(took));
  const Known& known = run.known;
  if (known.issued < 0 || !(run.then == disturbances)) return;
  const Key& key = keys_[static_cast<size_t>(run.key)];
  // It was perhaps taken for refused meanwhile, and dropped.
  if (key.dropped != run.dropped_then) return;
  const Issued& credential = issued[static_cast<size_t>(known.issued)];
  if (number < 0 && Left(known.issued) > absl::ZeroDuration() && kernel_.TrueTime() < credential.end)
    Fail("what lives is served when no new one is to be had", run.process->err.substr(0, 300));
  // What is stored may be a later one, which a run has kept that met errors.
  const std::vector<int>& had = run.caller->had;
  const bool may_be_refused =
      run.caller->had_one_killed || run.shares_caller ||
      std::any_of(had.begin(), had.end(), [&](int one) { return one >= known.issued; });
  if (credential.given - run.begin_wall > absl::Seconds(50))
    return;  // the clock was set back: it is not believed
  // The keyring forgets by a clock of its own.
  if (IsOfWrongClock(known.issued) || kernel_.TrueTime() + kGood > credential.end) return;
  if (may_be_refused || Left(known.issued) < kGood + kTolerance) return;
  if (run.issuances > 0 || run.process->sleeps > 0 || run.process->locks > 0) {
    Fail("nobody waits while a good one is stored",
         absl::StrCat(run.process->label, ": ", run.issuances, " issuances, ", run.process->sleeps,
                      " pauses, ", run.process->locks, " locks; ", run.process->err.substr(0, 300)));
  }
}

// What is about to end is not handed out while another can be had, and what was put right is tried at once.
void Properties::CheckUse(const Run& run, int number) {
  const Key& key = keys_[static_cast<size_t>(run.key)];
  if (!(run.then == disturbances) || run.process->stopped_for > 0) return;
  const absl::Duration took = absl::Nanoseconds(kernel_.now() - run.begin);
  if (number >= 0 && run.process->err.empty() && key.failures == 0 && WasGood(number) &&
      Left(number) + took < kGood - kTolerance)
    Fail("what is about to end is not handed out", absl::FormatDuration(Left(number)));
  const Run* const failed = key.last.run;
  if (absl::StrContains(run.process->err, "not asked again yet") && failed != nullptr &&
      failed->then.secret != disturbances.secret && key.last.then.secret != disturbances.secret)
    Fail("what was put right is tried at once", run.process->label);
}

// In the last fifth of its life a credential is renewed before anybody has to wait for a new one.
void Properties::CheckRenewal(const Run& run, int number) {
  const Known& known = run.known;
  if (renewals_may_fail_to_start || known.issued < 0 || number != known.issued || !(run.then == disturbances))
    return;
  if (run.process->stopped_for > 0) return;  // it decided long ago
  if (run.process->refusals > 0 || keys_[static_cast<size_t>(run.key)].failures > 0 || run.issuances > 0)
    return;
  const bool was_good = Left(number) > kGood + kTolerance;
  if (was_good && IsDue(number, -kTolerance) && !run.process->forking)
    Fail("what ends soon is renewed ahead", absl::StrCat("credential ", number));
}

// Who was refused gets a new one, unless that is of no use by the rules.
void Properties::CheckRefused(const Run& run, int number) {
  const Known& known = run.known;
  const Key& key = keys_[static_cast<size_t>(run.key)];
  if (run.caller->kind != CallerKind::kClientGo || known.issued < 0) return;
  if (std::count(run.caller->had.begin(), run.caller->had.end(), known.issued) == 0) return;
  if (number != known.issued || !(run.then == disturbances) || run.process->refusals > 0) return;
  if (run.caller->then.clock != disturbances.clock)
    return;  // a process seems to have started later or earlier then
  if (run.caller->others_then || key.begun != run.caller->begun_then + 1) return;
  const Issued& credential = issued[static_cast<size_t>(number)];
  const bool is_young = run.begin_wall - credential.given < kYoungestRejected + kTolerance;
  // By a clock that was set back since, any replacement may seem to have been just now.
  const bool was_replaced =
      run.begin - key.perhaps_rejected < ToNanos(kRejectionWindow) + kSecond ||
      (key.perhaps_rejected > -kHour && key.perhaps_rejected_then.clock != disturbances.clock);
  if (!is_young && !was_replaced && key.failures == 0 && !key.last.cut_short && run.issuances == 0)
    Fail("who was refused gets a new one", absl::StrCat("credential ", number));
}

void Properties::IssuanceBegins(Run& run) {
  Key& key = keys_[static_cast<size_t>(run.key)];
  ++run.issuances;
  const Caller& caller = *run.caller;
  run.may_replace = !run.is_detached && (!caller.had.empty() || caller.had_one_killed || run.shares_caller);
  CheckOneAtATime(run, key.last);
  CheckPace(run, key);
  key.last = {&run, run.is_detached, kernel_.now(), 0, true, false, false, 0, -1, disturbances};
}

void Properties::IssuanceEnds(Run& run, int number) {
  Key& key = keys_[static_cast<size_t>(run.key)];
  key.failures = number < 0 ? key.failures + 1 : 0;
  key.noted_failures = number < 0 ? key.noted_failures + 1 : 0;
  run.last_issued = number;
  if (number >= 0 && run.may_replace) {
    key.perhaps_rejected = kernel_.now();
    key.perhaps_rejected_then = disturbances;
    key.known = Known();  // until this run ends: the old one is dropped even when this one cannot be stored
    ++key.dropped;
  }
  if (key.last.run != &run) return;
  key.last.end = kernel_.now();
  key.last.succeeded = number >= 0;
  key.last.issued = number;
}

void Properties::CheckOneAtATime(const Run& run, const Issuance& other) {
  if (!other.going_on || other.end != 0 || other.run == &run || other.run->process->over) return;
  if (other.run->process->refusals > 0 || run.process->refusals > 0) return;  // then there may be no lock
  if (other.run->then.lost != disturbances.lost || run.then.lost != disturbances.lost) return;
  Fail("one issuance at a time", absl::StrCat(run.process->label, " beside ", other.run->process->label));
}

// Never more in an hour than the rules allow: each comes no sooner after the one before than they say.
void Properties::CheckPace(Run& run, const Key& key) {
  const Issuance& last = key.last;
  if (last.run == nullptr || last.end == 0 || last.cut_short) return;
  if (last.run->process->refusals > 0 || run.process->refusals > 0 || !(last.then == disturbances)) return;
  if (!(run.then == disturbances) || last.run->then.lost != disturbances.lost) return;
  if (last.run->then.secret != disturbances.secret) return;
  if (last.succeeded) {
    CheckPaceAfterSuccess(run, key);
  } else {
    CheckPaceAfterFailure(run, key);
  }
}

void Properties::CheckPaceAfterSuccess(Run& run, const Key& key) {
  const int number = key.last.issued;
  const Issued& credential = issued[static_cast<size_t>(number)];
  if (!WasGood(number)) return;
  if (IsDue(number, kTolerance) || Left(number) < kGood + kTolerance) return;
  const bool is_client_go = run.caller->kind == CallerKind::kClientGo;
  const Nanos window = ToNanos(is_client_go ? kRejectionWindow : kOtherRejectionWindow);
  const bool may_be_refused =
      (HadBefore(run, number) || run.shares_caller) && !run.is_detached &&
      kernel_.now() - credential.given_at >= ToNanos(kYoungestRejected) - kSecond &&  // kept in seconds
      (kernel_.now() - key.rejected >= window || !(key.rejected_then == disturbances));
  if (!may_be_refused) {
    return Fail(
        "a good one is not issued again",
        absl::StrCat(run.process->label, ", ", Seconds(kernel_.now() - key.last.end), " after the last one"));
  }
  run.replaces = true;
}

void Properties::CheckPaceAfterFailure(const Run& run, const Key& key) {
  const Nanos since = kernel_.now() - key.last.end;
  const bool lives = IsStored(key.known) && Left(key.known.issued) + kPrinted > kTolerance &&
                     kernel_.TrueTime() + kTolerance < issued[static_cast<size_t>(key.known.issued)].end;
  const bool is_person = run.caller->kind == CallerKind::kPerson && !run.is_detached;
  const Nanos wait = lives ? BackoffAfter(key.noted_failures) : is_person ? 0 : ToNanos(kFailureWindow);
  if (since < wait)
    Fail("what has just failed is not asked for again",
         absl::StrCat(run.process->label, ": ", Seconds(since), " instead of ", Seconds(wait)));
}

Run* Properties::Issuing(int number) {
  const Issuance& last = keys_[static_cast<size_t>(number)].last;
  return last.going_on && last.end == 0 && !last.run->process->over ? last.run : nullptr;
}

bool Properties::IsAccepted(int number) const {
  const Issued& credential = issued[static_cast<size_t>(number)];
  return !credential.revoked && kernel_.TrueTime() < credential.end;
}

bool Properties::IsOfWrongClock(int number) const {
  return number >= 0 && issued[static_cast<size_t>(number)].wrong_clock;
}

void Properties::MustSucceed(const Run& run, bool from_store) {
  const int number = InAnswer(run.process->out);
  if (number < 0) return Fail("after the faults everything recovers", run.process->err.substr(0, 400));
  if (!IsAccepted(number))
    Fail("after the faults everything recovers", absl::StrCat("credential ", number, " is refused"));
  if (from_store && run.attended_issuances > 0)
    Fail("after the faults everything recovers", "it is not stored");
}

}  // namespace credential_provider::simulation
