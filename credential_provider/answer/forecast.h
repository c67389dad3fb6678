// What `get` would do now, and why: decided as `get` decides it, without doing anything.
#ifndef CREDENTIAL_PROVIDER_ANSWER_FORECAST_H_
#define CREDENTIAL_PROVIDER_ANSWER_FORECAST_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/ledger/ledger_record.h"
#include "credential_provider/runs/verdict.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

enum class Outcome {
  kServed,
  kServedAndRenewed,      // in a process that nobody waits for
  kServedNotRenewed,      // due, and renewing it failed lately
  kServedDespiteFailure,  // as good as expired, and issuing failed lately
  kAsked,
  kWaits,        // another process is asking
  kFailureTold,  // issuing failed seconds ago
};

// A part of a key that is another one in what is, or was, stored for the same cluster.
struct Difference {
  std::string part;
  std::string then;  // as they may be shown; the same text for two that are hidden
  std::string now;
};

// What there is for the same cluster and issuer under another key.
struct Other {
  absl::Time issued;
  absl::Time expires;
  bool is_stored;  // else it is of the ledger
  std::vector<Difference> differences;
};

struct Forecast {
  Verdict verdict = Verdict::kMissing;
  Outcome outcome = Outcome::kAsked;
  absl::optional<absl::Time> issued;  // what is stored
  absl::optional<absl::Time> expires;
  StoreKind place = StoreKind::kNone;
  bool is_torn = false;        // there is something under its name, and it cannot be read
  bool keeps_nothing = false;  // the user wants no store
  absl::Status unstorable;     // why nothing can be stored; OK where it can, as far as a look tells
  absl::Status failure;        // the last one of issuing, when it is remembered
  absl::Time failed;
  int32_t issuing = 0;  // the process that is asking
  // A process that has been given what is stored, and would be given a new one if it asked again; 0 for none.
  int32_t refused_to = 0;
  bool refused_before = false;        // and that would not help: the one before was refused, too
  absl::optional<LedgerRecord> last;  // issued for this key
  absl::optional<Other> other;        // the newest of others
};

// Looks at what `get` would go by if a kubectl asked now. Uses no network and changes nothing. REQUIRES:
// `identity` is resolved.
Forecast Foresee(const Invocation& invocation, const Identity& identity, const Environment& environment,
                 absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_FORECAST_H_
