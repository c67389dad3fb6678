#include "credential_provider/answer/forecast.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/issue_credential.h"
#include "credential_provider/identity/shown_key.h"
#include "credential_provider/ledger/ledger.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/runs/failure_text.h"
#include "credential_provider/runs/rejection.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/store/folder_files.h"

namespace credential_provider {
namespace {

// Whoever asks next: a kubectl that has had no answer yet.
constexpr ParentProcess kNextClient = {0, ParentKind::kClientGo};

class Looker {
 public:
  Looker(const Invocation& invocation, const Identity& identity, const Environment& environment,
         absl::Time now)
      : now_(now),
        refresh_ahead_(invocation.refresh_ahead / 100.0),
        key_(invocation.issuer->Key(identity)),
        store_(invocation.store, environment),
        state_(store_.state_folders(), key_) {
    state_.Load();
    entry_ = store_.Find(key_, static_cast<StoreKind>(state_.issuance.place));
    has_proof_ = state_.issuance.HasProof(ProofOf(invocation, identity, environment));
    forecast_.keeps_nothing = invocation.store.kind == StoreKind::kNone;
  }

  Forecast Look() {
    forecast_.verdict = JudgeStored(entry_, state_, kNextClient, refresh_ahead_, now_);
    forecast_.outcome = OutcomeOf(forecast_.verdict);
    if (entry_) DescribeStored(*entry_);
    forecast_.is_torn = !entry_ && IsSomethingThere();
    forecast_.unstorable = WhyUnstorable();
    if (state_.issuance.failures > 0 && has_proof_) {
      forecast_.failure = state_.issuance.Failure();
      forecast_.failed = state_.issuance.failed();
    }
    LookForRefusals();
    LookIntoLedger();
    LookAtStoredOthers();
    if (IsGood(forecast_.verdict)) forecast_.other.reset();  // nobody is asked because of it
    return std::move(forecast_);
  }

 private:
  bool IsPaused(bool has_stored) const {
    return IsBackingOff(state_.issuance, has_stored, now_) && has_proof_;
  }

  // As Provision decides.
  Outcome OutcomeOf(Verdict verdict) {
    if (verdict == Verdict::kDue) {
      const bool renews = state_.keeps() && !IsPaused(true);
      return renews ? Outcome::kServedAndRenewed : Outcome::kServedNotRenewed;
    }
    if (IsGood(verdict)) return Outcome::kServed;
    const bool lives = entry_ && now_ < EndOf(*entry_);
    const Step step = StepWithoutGood(lives, IsPaused(lives), /*is_client=*/true);
    if (step == Step::kServeOld) return Outcome::kServedDespiteFailure;
    if (step == Step::kTellFailure) return Outcome::kFailureTold;
    forecast_.issuing = HolderHere(state_.issuance);
    return forecast_.issuing != 0 ? Outcome::kWaits : Outcome::kAsked;
  }

  void DescribeStored(const Entry& entry) {
    forecast_.issued = entry.issued;
    forecast_.expires = EndOf(entry);
    for (const StoredKey& stored : store_.List()) {
      if (stored.key.text() == key_.text()) forecast_.place = stored.kind;
    }
  }

  bool IsSomethingThere() {
    struct stat info;
    for (PrivateFolder* const folder : store_.state_folders()) {
      if (!folder->Open().ok()) continue;
      for (const char* const suffix : {kEntrySuffix, kKeyringPadSuffix, kMemoryPadSuffix}) {
        const std::string name = key_.FileName() + suffix;
        if (fstatat(folder->fd(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) return true;
      }
    }
    return false;
  }

  // OK when one folder at least may be used; one that is not there yet can be made.
  absl::Status WhyUnstorable() {
    absl::Status failed;
    for (PrivateFolder* const folder : store_.state_folders()) {
      const absl::Status opened = folder->Open();
      if (opened.ok() || absl::IsNotFound(opened)) return absl::OkStatus();
      if (failed.ok()) failed = opened;
    }
    return failed;
  }

  // Who has had what is stored would be taken to be refused when it asks again.
  void LookForRefusals() {
    if (!entry_ || !IsGood(forecast_.verdict)) return;
    for (const AnswerRecord& answer : state_.servings.recent) {
      if (answer.starter <= 0 || StartTimeOf(answer.starter) == absl::InfiniteFuture()) continue;
      const Rejection rejection = JudgeRejection(
          state_.servings, state_.issuance, {answer.starter, ParentKind::kClientGo}, entry_->issued, now_);
      if (rejection == Rejection::kNone) continue;
      forecast_.refused_to = answer.starter;
      forecast_.refused_before = rejection == Rejection::kFutile && state_.issuance.rejected_us != 0;
    }
  }

  void LookIntoLedger() {
    if (store_.disk_folder() == nullptr) return;
    for (const LedgerRecord& record : ReadLedger(*store_.disk_folder())) {
      if (record.name == key_.FileName()) forecast_.last = record;
      if (record.name != key_.FileName() && IsOfSameCluster(record.key))
        Consider({record.time, record.until, false, DifferencesFrom(record.key)});
    }
  }

  void LookAtStoredOthers() {
    for (const StoredKey& stored : store_.List()) {
      if (stored.key.text() == key_.text() || !IsOfSameCluster(stored.key.Parts())) continue;
      const absl::optional<Entry> entry = store_.Find(stored.key, stored.kind);
      if (!entry) continue;
      Consider({entry->issued, EndOf(*entry), true, DifferencesFrom(ShownParts(stored.key))});
    }
  }

  bool IsOfSameCluster(const std::vector<std::pair<std::string, std::string>>& parts) const {
    const auto same = [&](const char* name) {
      return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
        return part.first == name && part.second == key_.Part(name);
      });
    };
    return same("issuer") && same("cluster");
  }

  std::vector<Difference> DifferencesFrom(
      const std::vector<std::pair<std::string, std::string>>& then) const {
    std::vector<Difference> differences;
    for (const auto& [name, now] : ShownParts(key_)) {
      for (const auto& [other, value] : then) {
        if (other == name && value != now) differences.push_back({name, value, now});
      }
    }
    return differences;
  }

  // Keeps the newest; of the ledger and the store the store, where there is more to say.
  void Consider(Other other) {
    if (!forecast_.other || forecast_.other->issued <= other.issued) forecast_.other = std::move(other);
  }

  const absl::Time now_;
  const double refresh_ahead_;
  const CredentialKey key_;
  CredentialStore store_;
  RunState state_;
  absl::optional<Entry> entry_;
  bool has_proof_ = false;
  Forecast forecast_;
};

}  // namespace

Forecast Foresee(const Invocation& invocation, const Identity& identity, const Environment& environment,
                 absl::Time now) {
  return Looker(invocation, identity, environment, now).Look();
}

}  // namespace credential_provider
