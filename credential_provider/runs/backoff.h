// When an issuer that has failed is asked again.
#ifndef CREDENTIAL_PROVIDER_RUNS_BACKOFF_H_
#define CREDENTIAL_PROVIDER_RUNS_BACKOFF_H_

#include "absl/time/time.h"
#include "credential_provider/runs/run_record.h"

namespace credential_provider {

// While there is nothing to serve: long enough for all that one command starts, and short enough not to be
// noticed by a user who has put right what was wrong.
constexpr absl::Duration kFailureWindow = absl::Seconds(5);
// While a stored credential is served meanwhile: doubled with each failure in a row, from the first to the
// last.
constexpr absl::Duration kFirstBackoff = absl::Seconds(15);
constexpr absl::Duration kLongestBackoff = absl::Minutes(5);

// Tells whether it is too early, at `now`, to ask again. `has_stored`: a stored credential can be served.
bool IsBackingOff(const IssueRecord& issuance, bool has_stored, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_RUNS_BACKOFF_H_
