// What runs leave for the next ones about one key, as plain bytes of a fixed size: who was served, and how
// issuing went. No secret is in it.
#ifndef CREDENTIAL_PROVIDER_RUNS_RUN_RECORD_H_
#define CREDENTIAL_PROVIDER_RUNS_RUN_RECORD_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

constexpr int kRecentServings = 16;

// One answer: a credential, or the word that there is none. Zero bytes are no answer.
struct AnswerRecord {
  int64_t served_us;  // when, since 1970
  int64_t issued_s;   // which credential: when it was issued; 0 for a failure
  int32_t starter;    // the process that asked
  int32_t unused;
};

// Written by every run, without a lock: of two at the same moment one may be lost.
struct AnswerLog {
  uint64_t magic;
  uint64_t starts;
  int64_t warned_us;   // the failure that was last warned of
  int64_t refused_us;  // when it was last said that the cluster refuses what is issued
  int64_t gave_up_us;  // when a run last stopped waiting for the one that holds the lock
  int32_t gave_up_on;  // that one, as IssueRecord::holder
  int32_t unused;
  AnswerRecord recent[kRecentServings];

  // Adds an answer, instead of the oldest.
  void Add(const AnswerRecord& serving) { recent[starts++ % kRecentServings] = serving; }
};

// Written by the run that holds the lock.
struct IssueRecord {
  uint64_t magic;
  uint64_t issuances;
  int64_t rejected_us;  // when a new credential was last asked for because the old one seemed rejected
  int64_t failed_us;    // when issuing last failed
  int32_t failures;     // in a row, to that one
  int32_t failed_code;
  int32_t place;     // StoreKind of the entry
  int32_t holder;    // the process that is issuing, 0 for none; one that was killed stays named
  int64_t held_us;   // since when
  char proof[40];    // of the failure: a fingerprint of the secrets that it was met with
  char reason[640];  // of the failure, as it was shown; these three end with a zero byte
  char hint[320];
  char passed_over[320];  // why the entry is in no better place

  // Takes note of a failure, met with the secrets of which `proof` is a fingerprint.
  void Fail(const absl::Status& status, absl::string_view proof, absl::Time now);

  // Tells whether the last failure was met with the secrets of which `proof` is a fingerprint.
  bool HasProof(absl::string_view proof) const;

  // The last failure as it was; OK when there was none since the last success.
  absl::Status Failure() const;

  absl::Time failed() const { return absl::FromUnixMicros(failed_us); }
};

// The magic numbers of this format.
constexpr uint64_t kServingsMagic = 0x3265767265537063;  // "cpServe2"
constexpr uint64_t kIssuanceMagic = 0x3265757373497063;  // "cpIssue2"

// Tells whether `magic` is that of AnswerLog, in this format or another.
constexpr bool IsServingsMagic(uint64_t magic) {
  return ((magic ^ kServingsMagic) & 0x00FFFFFFFFFFFFFF) == 0;
}

// Puts `text` into a field of `size` bytes, cut where it is too long.
void SetField(absl::string_view text, char* field, size_t size);

// Returns what SetField put there; safe for any bytes.
std::string GetField(const char* field, size_t size);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_RUN_RECORD_H_
