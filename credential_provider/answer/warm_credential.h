// Credentials that are stored before anybody waits for them.
#ifndef CREDENTIAL_PROVIDER_ANSWER_WARM_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_ANSWER_WARM_CREDENTIAL_H_

#include "absl/status/statusor.h"
#include "credential_provider/answer/provide_credential.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// Tells whether `get` would serve what is in `store` and ask nobody, now or afterwards. Uses no network.
bool IsWarm(const Invocation& invocation, const Identity& identity, CredentialStore& store);

// Stores a credential where `get` looks for it, unless IsWarm by then or another process is about to; as a
// renewal of `get`'s own does (RenewAhead). `transport` trusts what the invocation says. Temporary keys on
// the way are remembered. FailedPrecondition when nothing can be stored. REQUIRES: `identity` is resolved.
absl::StatusOr<Renewal> WarmCredential(const Invocation& invocation, const Identity& identity,
                                       const Environment& environment, HttpTransport& transport,
                                       WarnFunction warn);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_WARM_CREDENTIAL_H_
