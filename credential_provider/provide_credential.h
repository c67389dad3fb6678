// The use case: the stored credential while it is good, else a new one, remembered.
#ifndef CREDENTIAL_PROVIDER_PROVIDE_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_PROVIDE_CREDENTIAL_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/credential.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/disk_store.h"

namespace credential_provider {

// Returns the `status` of the ExecCredential to print. `issue` makes a new credential; it is a callable so
// that a hit cannot construct what it never names. What did not go well but does not stand in the way of an
// answer is passed to `warn`. An error means that there is no answer.
absl::StatusOr<Secret> ProvideCredential(const CredentialKey& key, absl::Time now, DiskStore& store,
                                         absl::FunctionRef<absl::StatusOr<Credential>()> issue,
                                         absl::FunctionRef<void(const absl::Status&)> warn);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROVIDE_CREDENTIAL_H_
