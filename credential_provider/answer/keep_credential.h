// What was just issued, as the store keeps it.
#ifndef CREDENTIAL_PROVIDER_ANSWER_KEEP_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_ANSWER_KEEP_CREDENTIAL_H_

#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

// Returns the entry of `credential`. One whose expiration is `now` is not to be stored: it has no end, or one
// too near to be printed.
Entry EntryOf(const Credential& credential, absl::Time now);

// Stores `credential`, which the issuer of `invocation` would make for `identity`, where `get` with the
// arguments of `invocation` looks for it, unless it finds one there that lasts longer. Does nothing where it
// cannot: then the first run of `get` asks.
void KeepForGet(const Credential& credential, const Invocation& invocation, const Identity& identity,
                const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_KEEP_CREDENTIAL_H_
