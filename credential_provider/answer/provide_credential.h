// The use case: the stored credential while it is good, else a new one, remembered.
#ifndef CREDENTIAL_PROVIDER_ANSWER_PROVIDE_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_ANSWER_PROVIDE_CREDENTIAL_H_

#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/runs/parent_process.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// What a run has issued, and why.
struct Issuance {
  absl::string_view why;  // a literal: "first", "ahead"; see WhyIssued
  absl::Time time;
  Credential credential;
  StoreKind place = StoreKind::kNone;
};

// What the answer is asked for. Holds references: key and state must outlive it.
struct ProvideRequest {
  const CredentialKey& key;
  RunState& state;  // of `key`; another process may change the file under it at any time
  ParentProcess starter = {};
  // The part of a credential's life, at its end, in which it is renewed before it is needed.
  double refresh_ahead = 0.2;
  // How long to wait for another process that is already issuing.
  absl::Duration patience = absl::Seconds(20);
  // Is told whom, when it has been waiting for a second; may be null.
  void (*tell_wait)(absl::string_view whom) = nullptr;
  // Returns a fingerprint of the secrets, and whatever else makes issuing fail or not, as they are now. A
  // failure that was met with others is not remembered. Null for nothing that could change.
  std::function<std::string()> proof = nullptr;
  // Whether a person wants a new one before it is due: RenewAhead is not a run's own then.
  bool is_forced = false;
  // Gets what was issued; may be null.
  absl::optional<Issuance>* issued = nullptr;
};

struct Provided {
  Secret payload;            // the `status` of the ExecCredential to print
  bool renew_ahead = false;  // the caller should call RenewAhead once the answer is out
};

// Makes a new credential. A callable, so that a hit cannot construct what it never names.
using IssueFunction = absl::FunctionRef<absl::StatusOr<Credential>()>;
// Is told what did not go well but is not in the way of an answer.
using WarnFunction = absl::FunctionRef<void(const absl::Status&)>;

// Answers from the store while the credential there is good, and else issues one, of which any number of
// processes that need it at once ask for one only. A credential that seems to have been rejected is replaced
// (rejection.h). When issuing fails, what is stored is served as long as it lives, with a warning; a
// failure is remembered, so that it is not asked for again at once (backoff.h). A process that is told
// of it again is told in short. Aborted is not remembered: it says that this run is not who `key` names any
// more. An error means that there is no answer; DeadlineExceeded that another process was still issuing after
// `patience`.
absl::StatusOr<Provided> ProvideCredential(const ProvideRequest& request, CredentialStore& store,
                                           Clock& clock, IssueFunction issue, WarnFunction warn);

// What renewing ahead came to: what is stored is good, and for long; it is new; another process is issuing.
enum class Renewal { kNotDue, kRenewed, kLeftToAnother };

// Issues a credential where none is stored, or the one there is in the last part of its life, unless it is
// too early after a failure: then that failure is the error. Waits for nobody, and serves nobody.
absl::StatusOr<Renewal> RenewAhead(const ProvideRequest& request, CredentialStore& store, Clock& clock,
                                   IssueFunction issue, WarnFunction warn);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_PROVIDE_CREDENTIAL_H_
