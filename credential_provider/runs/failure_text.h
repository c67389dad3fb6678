// What a run says of a failure that another run has met, or that it can only guess.
#ifndef CREDENTIAL_PROVIDER_RUNS_FAILURE_TEXT_H_
#define CREDENTIAL_PROVIDER_RUNS_FAILURE_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "credential_provider/runs/run_record.h"

namespace credential_provider {

// Returns the process that holds the lock of the record, as that says and as far as it is among the processes
// here; 0 for none.
int32_t HolderHere(const IssueRecord& issuance);

// Returns that process, or that there is one, for somebody who waits for it.
std::string HolderInWords(const IssueRecord& issuance);

// Whether the process that asks has been told of this failure before: then a short line is enough.
enum class Told { kNo, kYes };

// The last failure of `issuance`, which is not asked about again yet: how old it is, and from when it will
// be.
absl::Status RememberedFailure(const IssueRecord& issuance, Told told, absl::Time now);

// Another run holds the lock of this key, `waited` after this one came: which process it is, as `issuance`
// says, and how to be rid of it.
absl::Status HeldUp(const IssueRecord& issuance, absl::Duration waited);

// The same while it is not waited for again.
absl::Status StillHeldUp(const IssueRecord& issuance, Told told);

// The cluster refuses a credential of that age, and another would not help.
absl::Status RefusedByCluster(absl::Duration age);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_FAILURE_TEXT_H_
