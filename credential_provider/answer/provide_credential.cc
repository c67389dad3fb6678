#include "credential_provider/answer/provide_credential.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/keep_credential.h"
#include "credential_provider/answer/run_log.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/kubernetes/exec_credential.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/runs/failure_text.h"
#include "credential_provider/runs/verdict.h"

namespace credential_provider {
namespace {

// A timestamp less than this ahead is left out: the client would start the plugin again for each request.
constexpr absl::Duration kLeastTimestamp = absl::Minutes(1);
constexpr absl::Duration kLockPause = absl::Milliseconds(10);
// What a look at the store between two pauses takes at most: what seems to take longer is a clock that was
// set, or a machine that slept.
constexpr absl::Duration kLongestLook = absl::Seconds(1);
constexpr absl::Duration kRefusalWindow = absl::Minutes(5);  // in which a refusal is told once

// Tells whether `then`, which may be of a clock that was set back since, is less than `window` ago.
bool IsLately(int64_t then_us, absl::Duration window, absl::Time now) {
  const absl::Duration since = now - absl::FromUnixMicros(then_us);
  return then_us != 0 && since >= absl::ZeroDuration() && since < window;
}

// One run of the use case. What it does goes by what is stored:
//
//   stored for the key            | what else                              | the run
//   ------------------------------+----------------------------------------+--------------------------------------
//   good                          | the first four fifths of its life      | serves it
//   good                          | the last fifth                         | serves it; renewed afterwards
//   good                          | the cluster seems to have refused it   | as if nothing good were stored
//   nothing that is good          | issuing failed seconds ago             | tells that failure
//   nothing that is good          | another run is issuing                 | waits, and takes its result
//   nothing that is good          |                                        | issues, under the lock
//
// Good is what has two minutes left. Where a failure would be the answer, what is stored is served instead,
// with a warning, until it has expired.
class Provision {
 public:
  Provision(const ProvideRequest& request, CredentialStore& store, Clock& clock, IssueFunction issue,
            WarnFunction warn)
      : request_(request), store_(store), clock_(clock), issue_(issue), warn_(warn), state_(request.state) {}
  ~Provision() {
    if (locked_) state_.Unlock();
  }
  Provision(const Provision&) = delete;
  Provision& operator=(const Provision&) = delete;

  absl::StatusOr<Provided> Run();
  absl::StatusOr<Renewal> RenewAhead();

 private:
  absl::optional<Entry> Find();
  absl::StatusOr<bool> TryLock();
  bool IsNew(const Entry& entry) const;
  Entry* OldAlive(absl::Time now);
  bool HasFailedMeanwhile();
  const std::string& Proof();
  bool IsBackingOff(bool has_stored, absl::Time now);
  bool WasTold(absl::Time since) const;
  bool HasGivenUpLately(absl::Time now) const;
  absl::StatusOr<Provided> GiveUp(absl::Duration waited);
  absl::StatusOr<Provided> Serve(Entry entry);
  absl::StatusOr<Provided> Renew();
  absl::optional<absl::StatusOr<Provided>> Remembered();
  absl::StatusOr<Provided> AfterFailure(const absl::Status& failure);
  absl::optional<absl::StatusOr<Provided>> Await();
  absl::StatusOr<Provided> Issue();
  absl::StatusOr<Entry> IssueEntry();
  StoreKind Keep(const Entry& entry);
  void NoteFailure();
  void WarnOfRefusal(const Entry& entry);
  void WarnOnce(const absl::Status& failure, const Entry& stored);

  const ProvideRequest& request_;
  CredentialStore& store_;
  Clock& clock_;
  const IssueFunction issue_;
  const WarnFunction warn_;
  RunState& state_;
  absl::Time begin_;              // after the first look at record and store: nothing there is later
  absl::optional<Entry> old_;     // what was stored when this run began
  int64_t known_failure_us_ = 0;  // when issuing had last failed when this run began
  bool rejected_ = false;
  absl::string_view why_ = "";  // it would be issued now
  bool locked_ = false;
  absl::Status lock_failure_;
  absl::optional<std::string> proof_;
};

absl::StatusOr<Provided> Provision::Run() {
  state_.Load();
  known_failure_us_ = state_.issuance.failed_us;
  old_ = Find();
  begin_ = clock_.Now();
  const Verdict verdict = JudgeStored(old_, state_, request_.starter, request_.refresh_ahead, begin_);
  LogLookup(request_.key, verdict, old_);
  rejected_ = verdict == Verdict::kRefused;
  why_ = WhyIssued(verdict, state_.issuance);
  if (!old_ || !IsGood(verdict)) return Renew();
  Entry good = *std::move(old_);
  if (verdict == Verdict::kFutile) WarnOfRefusal(good);
  return Serve(std::move(good));
}

absl::StatusOr<Renewal> Provision::RenewAhead() {
  const absl::StatusOr<bool> locked = TryLock();
  if (!locked.ok()) return locked.status();
  if (!*locked) return Renewal::kLeftToAnother;
  state_.Load();
  old_ = Find();
  begin_ = clock_.Now();
  if (old_ && !IsDue(*old_, request_.refresh_ahead, begin_)) return Renewal::kNotDue;
  LogAhead(request_.key, old_);
  why_ = request_.is_forced ? "forced" : "ahead";
  if (IsBackingOff(OldAlive(begin_) != nullptr, begin_)) return state_.issuance.Failure();
  absl::Status issued = IssueEntry().status();
  if (!issued.ok()) return issued;
  return Renewal::kRenewed;
}

absl::StatusOr<bool> Provision::TryLock() {
  const absl::StatusOr<bool> locked = state_.TryLock();
  locked_ = locked.ok() && *locked;
  if (state_.keeps()) lock_failure_ = locked.status();
  return locked;
}

absl::optional<Entry> Provision::Find() {
  return store_.Find(request_.key, static_cast<StoreKind>(state_.issuance.place));
}

// Whether the entry is what this run is after: not the one it began with, and good, or as good as this
// issuer's are.
bool Provision::IsNew(const Entry& entry) const {
  if (old_ && old_->issued == entry.issued) return false;
  return IsFresh(entry, begin_) || entry.issued >= absl::FromUnixSeconds(absl::ToUnixSeconds(begin_));
}

// What was stored when this run began, while it has not expired; else null.
Entry* Provision::OldAlive(absl::Time now) { return old_ && now < EndOf(*old_) ? &*old_ : nullptr; }

// Times are not compared: the clock may have been set back since a failure.
bool Provision::HasFailedMeanwhile() {
  const IssueRecord& last = state_.issuance;
  return last.failures > 0 && last.failed_us != known_failure_us_ && last.HasProof(Proof());
}

// As it was when it was first asked for: what somebody changes while this run is issuing has not failed.
const std::string& Provision::Proof() {
  if (!proof_) proof_ = request_.proof ? request_.proof() : "";
  return *proof_;
}

// Whether it is too early to ask again, with what would be shown now.
bool Provision::IsBackingOff(bool has_stored, absl::Time now) {
  return credential_provider::IsBackingOff(state_.issuance, has_stored, now) &&
         state_.issuance.HasProof(Proof());
}

// Whether the process that asks, and not an earlier one of the same id, was told of a failure since then.
bool Provision::WasTold(absl::Time since) const {
  const pid_t pid = request_.starter.pid;
  absl::Time told = absl::InfinitePast();
  for (const AnswerRecord& serving : state_.servings.recent) {
    if (serving.starter == pid && serving.issued_s == 0)
      told = std::max(told, absl::FromUnixMicros(serving.served_us));
  }
  return told >= since && StartTimeOf(pid) <= told;
}

absl::StatusOr<Provided> Provision::Serve(Entry entry) {
  const absl::Time now = clock_.Now();
  Provided provided;
  if (IsDue(entry, request_.refresh_ahead, now)) {
    if (state_.issuance.failures > 0 && state_.issuance.HasProof(Proof()))
      WarnOnce(state_.issuance.Failure(), entry);
    provided.renew_ahead = state_.keeps() && IsFresh(entry, now) && !IsBackingOff(true, now);
  }
  state_.servings.Add({absl::ToUnixMicros(now), absl::ToUnixSeconds(entry.issued), request_.starter.pid, 0});
  state_.SaveServings();
  provided.payload = entry.expiration - now < kLeastTimestamp
                         ? Secret(WithoutExpiration(entry.payload.Reveal()))
                         : std::move(entry.payload);
  return provided;
}

absl::StatusOr<Provided> Provision::Renew() {
  if (absl::optional<absl::StatusOr<Provided>> known = Remembered()) return *std::move(known);
  if (absl::optional<absl::StatusOr<Provided>> settled = Await()) return *std::move(settled);
  return Issue();
}

// The answer when issuing has failed so lately that it is not tried again.
absl::optional<absl::StatusOr<Provided>> Provision::Remembered() {
  const IssueRecord& last = state_.issuance;
  const bool lives = OldAlive(begin_) != nullptr;
  const Step step = StepWithoutGood(lives, IsBackingOff(lives, begin_), IsClient(request_.starter));
  if (step == Step::kAsk) return absl::nullopt;
  LogRemembered(last, begin_);
  if (step == Step::kServeOld) return AfterFailure(last.Failure());
  const Told told = WasTold(last.failed()) ? Told::kYes : Told::kNo;
  return AfterFailure(RememberedFailure(last, told, begin_));
}

absl::StatusOr<Provided> Provision::AfterFailure(const absl::Status& failure) {
  if (Entry* const old = OldAlive(clock_.Now())) {
    WarnOnce(failure, *old);
    return Serve(std::move(*old));
  }
  NoteFailure();
  return failure;
}

// Waits for the lock. Returns the answer when another process has found it meanwhile, or the wait is over.
absl::optional<absl::StatusOr<Provided>> Provision::Await() {
  absl::Duration waited = absl::ZeroDuration();
  auto tell = request_.tell_wait;  // null when it was told
  for (absl::Time last = begin_;;) {
    const absl::StatusOr<bool> locked = TryLock();
    if (locked.ok()) state_.Load();
    absl::optional<Entry> entry = Find();
    if (entry && IsNew(*entry)) LogTaken(*entry, waited);
    if (entry && IsNew(*entry)) return Serve(*std::move(entry));
    if (HasFailedMeanwhile()) return AfterFailure(state_.issuance.Failure());
    if (!locked.ok() || *locked) return absl::nullopt;
    if (waited >= request_.patience || HasGivenUpLately(last)) return GiveUp(waited);
    if (waited == absl::ZeroDuration()) LogWait(state_.issuance);
    if (tell != nullptr && waited >= kQuietWait) std::exchange(tell, nullptr)(HolderInWords(state_.issuance));
    clock_.Sleep(kLockPause);
    const absl::Time now = clock_.Now();
    waited += std::min(std::max(now - last, kLockPause), kLongestLook);
    last = now;
  }
}

// Whether some run has waited long enough for the same holder of the lock, just now.
bool Provision::HasGivenUpLately(absl::Time now) const {
  const AnswerLog& servings = state_.servings;
  return IsLately(servings.gave_up_us, kFailureWindow, now) &&
         servings.gave_up_on == state_.issuance.holder && IsClient(request_.starter);
}

// Waits no longer. Who had patience to the end leaves word for those who come next.
absl::StatusOr<Provided> Provision::GiveUp(absl::Duration waited) {
  AnswerLog& servings = state_.servings;
  if (waited < request_.patience) {
    const bool told = WasTold(absl::FromUnixMicros(servings.gave_up_us));
    return AfterFailure(StillHeldUp(state_.issuance, told ? Told::kYes : Told::kNo));
  }
  servings.gave_up_us = absl::ToUnixMicros(clock_.Now());
  servings.gave_up_on = state_.issuance.holder;
  return AfterFailure(HeldUp(state_.issuance, waited));
}

absl::StatusOr<Provided> Provision::Issue() {
  absl::StatusOr<Entry> entry = IssueEntry();
  if (!entry.ok()) return AfterFailure(entry.status());
  return Serve(*std::move(entry));
}

// Asks for a credential and keeps what comes of it, whichever way it goes.
absl::StatusOr<Entry> Provision::IssueEntry() {
  const std::string proof = Proof();
  state_.issuance.holder = getpid();
  state_.issuance.held_us = absl::ToUnixMicros(clock_.Now());
  state_.SaveIssuance();
  absl::StatusOr<Credential> credential = issue_();
  const absl::Time now = clock_.Now();
  LogIssued(credential, now - absl::FromUnixMicros(state_.issuance.held_us));
  state_.issuance.holder = 0;
  if (!credential.ok()) {
    if (!absl::IsAborted(credential.status())) state_.issuance.Fail(credential.status(), proof, now);
    state_.SaveIssuance();
    return credential.status();
  }
  Entry entry = EntryOf(*credential, now);
  StoreKind place = StoreKind::kNone;
  if (entry.expiration > now) {
    place = Keep(entry);
  } else if (credential->expires != absl::InfiniteFuture()) {
    warn_(WithHint(absl::FailedPreconditionError(
                       "the new credential expires too soon to be stored, by this machine's clock"),
                   "check that clock"));
  }
  if (rejected_) state_.issuance.rejected_us = absl::ToUnixMicros(begin_);
  ++state_.issuance.issuances;
  state_.issuance.failures = 0;
  state_.SaveIssuance();
  if (request_.issued != nullptr) *request_.issued = Issuance{why_, now, *std::move(credential), place};
  return entry;
}

// Returns where it was put.
StoreKind Provision::Keep(const Entry& entry) {
  const absl::StatusOr<Placement> placement = store_.Remember(request_.key, entry, entry.issued);
  LogStored(placement);
  if (!placement.ok()) {
    if (rejected_) store_.Forget(request_.key).IgnoreError();  // the one that is stored is of no use
    warn_(WithContext(placement.status(),
                      "the credential cannot be stored, so every run will ask for a new one"));
    return StoreKind::kNone;
  }
  if (!lock_failure_.ok())
    warn_(WithContext(lock_failure_, "several runs at once will each ask for a credential"));
  state_.issuance.place = static_cast<int32_t>(placement->kind);
  SetField(placement->passed_over, state_.issuance.passed_over, sizeof(state_.issuance.passed_over));
  return placement->kind;
}

void Provision::NoteFailure() {
  state_.servings.Add({absl::ToUnixMicros(clock_.Now()), 0, request_.starter.pid, 0});
  state_.SaveServings();
}

// The caller saves.
void Provision::WarnOfRefusal(const Entry& entry) {
  if (IsLately(state_.servings.refused_us, kRefusalWindow, begin_)) return;
  state_.servings.refused_us = absl::ToUnixMicros(begin_);
  warn_(RefusedByCluster(begin_ - entry.issued));
}

// Warns that `stored` is served because renewing it failed: once for each failure. The caller saves.
void Provision::WarnOnce(const absl::Status& failure, const Entry& stored) {
  if (failure.ok()) return;
  const bool remembered = state_.issuance.failures > 0;
  if (remembered && state_.servings.warned_us == state_.issuance.failed_us) return;
  if (remembered) state_.servings.warned_us = state_.issuance.failed_us;
  const absl::Duration left = absl::Trunc(EndOf(stored) - clock_.Now(), absl::Seconds(1));
  warn_(WithContext(failure, absl::StrCat("the stored credential is used, which expires in ",
                                          absl::FormatDuration(left), ", because renewing it failed")));
}

}  // namespace

absl::StatusOr<Provided> ProvideCredential(const ProvideRequest& request, CredentialStore& store,
                                           Clock& clock, IssueFunction issue, WarnFunction warn) {
  return Provision(request, store, clock, issue, warn).Run();
}

absl::StatusOr<Renewal> RenewAhead(const ProvideRequest& request, CredentialStore& store, Clock& clock,
                                   IssueFunction issue, WarnFunction warn) {
  return Provision(request, store, clock, issue, warn).RenewAhead();
}

}  // namespace credential_provider
