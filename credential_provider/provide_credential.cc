#include "credential_provider/provide_credential.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/exec/exec_credential.h"
#include "credential_provider/store/backoff.h"
#include "credential_provider/store/rejection.h"

namespace credential_provider {
namespace {

// A credential with less than this left is replaced before it is handed out: clients other than kubectl ask
// again when a minute is left, and a command may run for a while.
constexpr absl::Duration kLeastRemaining = absl::Minutes(2);
// A timestamp less than this ahead is left out: the client would start the plugin again for each request.
constexpr absl::Duration kLeastTimestamp = absl::Minutes(1);
constexpr absl::Duration kLockPause = absl::Milliseconds(10);
constexpr size_t kShortReason = 120;

bool IsFresh(const Entry& entry, absl::Time now) { return entry.expiration - now >= kLeastRemaining; }

bool Lives(const absl::optional<Entry>& entry, absl::Time now) { return entry && now < EndOf(*entry); }

// One run of the use case.
class Provision {
 public:
  Provision(const ProvideRequest& request, CredentialStore& store, Clock& clock, IssueFunction issue,
            WarnFunction warn)
      : request_(request),
        store_(store),
        clock_(clock),
        issue_(issue),
        warn_(warn),
        state_(request.state),
        begin_(clock.Now()) {}
  ~Provision() {
    if (locked_) state_.Unlock();
  }
  Provision(const Provision&) = delete;
  Provision& operator=(const Provision&) = delete;

  absl::StatusOr<Provided> Run();
  void RenewAhead();

 private:
  absl::optional<Entry> Find();
  bool IsDue(const Entry& entry, absl::Time now) const;
  absl::StatusOr<bool> TryLock();
  bool IsNew(const absl::optional<Entry>& entry) const;
  bool HasFailedMeanwhile() const;
  absl::StatusOr<Provided> Serve(Entry entry);
  absl::StatusOr<Provided> Renew();
  absl::optional<absl::StatusOr<Provided>> Remembered();
  absl::StatusOr<Provided> AfterFailure(const absl::Status& failure);
  absl::optional<absl::StatusOr<Provided>> Await();
  absl::StatusOr<Provided> Issue();
  absl::StatusOr<Entry> IssueEntry();
  void Keep(const Entry& entry);
  void CountStart();
  void WarnOnce(const absl::Status& failure, const Entry& stored);

  const ProvideRequest& request_;
  CredentialStore& store_;
  Clock& clock_;
  const IssueFunction issue_;
  const WarnFunction warn_;
  KeyState& state_;
  const absl::Time begin_;
  absl::optional<Entry> old_;  // what was stored when this run began
  int64_t known_failure_us_ = 0;  // when issuing had last failed when this run began
  bool rejected_ = false;
  bool locked_ = false;
  absl::Status lock_failure_;
};

absl::StatusOr<Provided> Provision::Run() {
  state_.Load();
  known_failure_us_ = state_.issuance.failed_us;
  old_ = Find();
  if (!old_ || !IsFresh(*old_, begin_)) return Renew();
  rejected_ = LooksRejected(state_.servings, state_.issuance, request_.starter, old_->issued, begin_);
  return rejected_ ? Renew() : Serve(*std::move(old_));
}

void Provision::RenewAhead() {
  const absl::StatusOr<bool> locked = TryLock();
  if (!locked.ok() || !*locked) return;
  state_.Load();
  old_ = Find();
  if (old_ && !IsDue(*old_, begin_)) return;
  if (IsBackingOff(state_.issuance, Lives(old_, begin_), begin_)) return;
  IssueEntry().IgnoreError();
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

// Whether the entry is in the last part of its life.
bool Provision::IsDue(const Entry& entry, absl::Time now) const {
  return entry.expiration - now < (entry.expiration - entry.issued) * request_.refresh_ahead;
}

// Whether the entry is what this run is after: not the one it began with, and good, or as good as this
// issuer's are.
bool Provision::IsNew(const absl::optional<Entry>& entry) const {
  if (!entry || (old_ && old_->issued == entry->issued)) return false;
  return IsFresh(*entry, begin_) || entry->issued >= absl::FromUnixSeconds(absl::ToUnixSeconds(begin_));
}

// Times are not compared: the clock may have been set back since a failure.
bool Provision::HasFailedMeanwhile() const {
  return state_.issuance.failures > 0 && state_.issuance.failed_us != known_failure_us_;
}

absl::StatusOr<Provided> Provision::Serve(Entry entry) {
  const absl::Time now = clock_.Now();
  Provided provided;
  if (IsDue(entry, now)) {
    WarnOnce(state_.issuance.Failure(), entry);
    provided.renew_ahead = state_.keeps() && IsFresh(entry, now) && !IsBackingOff(state_.issuance, true, now);
  }
  state_.servings.Add({absl::ToUnixMicros(now), absl::ToUnixSeconds(entry.issued), request_.starter.pid, 0});
  state_.SaveServings();
  provided.status_json = entry.expiration - now < kLeastTimestamp
                             ? Secret(WithoutExpiration(entry.status_json.Reveal()))
                             : std::move(entry.status_json);
  return provided;
}

absl::StatusOr<Provided> Provision::Renew() {
  if (absl::optional<absl::StatusOr<Provided>> known = Remembered()) return *std::move(known);
  if (absl::optional<absl::StatusOr<Provided>> settled = Await()) return *std::move(settled);
  return Issue();
}

// The answer when issuing has failed so lately that it is not tried again. Who runs the program by hand, and
// may have put something right, is never told of an earlier failure.
absl::optional<absl::StatusOr<Provided>> Provision::Remembered() {
  const Issuance& last = state_.issuance;
  const bool lives = Lives(old_, begin_);
  if (!IsBackingOff(last, lives, begin_)) return absl::nullopt;
  if (lives) return AfterFailure(last.Failure());
  if (!request_.starter.is_client) return absl::nullopt;
  const bool same_process =
      last.failed_starter == request_.starter.pid && StartTimeOf(request_.starter.pid) <= last.failed();
  if (!same_process) return AfterFailure(last.Failure());
  const absl::Status failure = last.Failure();
  CountStart();
  return absl::StatusOr<Provided>(absl::Status(
      failure.code(), absl::StrCat("not tried again so soon: ", Printable(failure.message(), kShortReason))));
}

absl::StatusOr<Provided> Provision::AfterFailure(const absl::Status& failure) {
  if (Lives(old_, clock_.Now())) {
    WarnOnce(failure, *old_);
    return Serve(*std::move(old_));
  }
  CountStart();
  return failure;
}

// Waits for the lock. Returns the answer when another process has found it meanwhile, or the wait is over.
absl::optional<absl::StatusOr<Provided>> Provision::Await() {
  while (true) {
    const absl::StatusOr<bool> locked = TryLock();
    if (locked.ok()) state_.Load();
    absl::optional<Entry> entry = Find();
    if (IsNew(entry)) return Serve(*std::move(entry));
    if (HasFailedMeanwhile()) return AfterFailure(state_.issuance.Failure());
    if (!locked.ok() || *locked) return absl::nullopt;
    if (clock_.Now() - begin_ >= request_.patience) {
      return AfterFailure(absl::DeadlineExceededError(
          absl::StrCat("another run is still asking for this credential, after ",
                       absl::FormatDuration(absl::Trunc(clock_.Now() - begin_, absl::Seconds(1))))));
    }
    clock_.Sleep(kLockPause);
  }
}

absl::StatusOr<Provided> Provision::Issue() {
  absl::StatusOr<Entry> entry = IssueEntry();
  if (!entry.ok()) return AfterFailure(entry.status());
  return Serve(*std::move(entry));
}

// Asks for a credential and keeps what comes of it, whichever way it goes.
absl::StatusOr<Entry> Provision::IssueEntry() {
  if (rejected_) state_.issuance.rejected_us = absl::ToUnixMicros(begin_);
  absl::StatusOr<Credential> credential = issue_();
  const absl::Time now = clock_.Now();
  if (!credential.ok()) {
    state_.issuance.Fail(credential.status(), request_.starter.pid, now);
    state_.SaveIssuance();
    return credential.status();
  }
  const bool ends = credential->expires != absl::InfiniteFuture();
  const absl::optional<absl::Time> expiration =
      ends ? ExpirationToPrint(credential->expires, now) : absl::nullopt;
  Entry entry{now, expiration.value_or(now), Secret(RenderStatus(*credential, expiration))};
  if (expiration) {
    Keep(entry);
  } else if (ends) {
    warn_(WithHint(absl::FailedPreconditionError("the new credential ends too soon to be stored, by this machine's clock"),
                   "check that clock"));
  }
  ++state_.issuance.issuances;
  state_.issuance.failures = 0;
  state_.SaveIssuance();
  return entry;
}

void Provision::Keep(const Entry& entry) {
  const absl::StatusOr<Placement> placement = store_.Remember(request_.key, entry, entry.issued);
  if (!placement.ok()) {
    warn_(WithContext(placement.status(),
                      "the credential cannot be stored, so every run will ask for a new one"));
    return;
  }
  if (!lock_failure_.ok())
    warn_(WithContext(lock_failure_, "several runs at once will each ask for a credential"));
  state_.issuance.place = static_cast<int32_t>(placement->kind);
  SetField(placement->passed_over, state_.issuance.passed_over, sizeof(state_.issuance.passed_over));
}

void Provision::CountStart() {
  ++state_.servings.starts;
  state_.SaveServings();
}

// Warns that `stored` is served because renewing it failed: once for each failure. The caller saves.
void Provision::WarnOnce(const absl::Status& failure, const Entry& stored) {
  if (failure.ok()) return;
  const bool remembered = state_.issuance.failures > 0;
  if (remembered && state_.servings.warned_us == state_.issuance.failed_us) return;
  if (remembered) state_.servings.warned_us = state_.issuance.failed_us;
  const absl::Duration left = absl::Trunc(EndOf(stored) - clock_.Now(), absl::Seconds(1));
  warn_(WithContext(failure, absl::StrCat("the stored credential is used, which ends in ",
                                          absl::FormatDuration(left), ", because renewing it failed")));
}

}  // namespace

absl::StatusOr<Provided> ProvideCredential(const ProvideRequest& request, CredentialStore& store,
                                           Clock& clock, IssueFunction issue, WarnFunction warn) {
  return Provision(request, store, clock, issue, warn).Run();
}

void RenewAhead(const ProvideRequest& request, CredentialStore& store, Clock& clock, IssueFunction issue) {
  Provision(request, store, clock, issue, [](const absl::Status&) {}).RenewAhead();
}

}  // namespace credential_provider
