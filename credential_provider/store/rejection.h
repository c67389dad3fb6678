// Whether the cluster has refused a credential that is still good by its dates. Nobody tells a plugin: all
// there is to see is that client-go asks again from the same process.
#ifndef CREDENTIAL_PROVIDER_STORE_REJECTION_H_
#define CREDENTIAL_PROVIDER_STORE_REJECTION_H_

#include "absl/time/time.h"
#include "credential_provider/store/key_record.h"
#include "credential_provider/store/starter.h"

namespace credential_provider {

// A credential younger than this is not replaced because it seems rejected: the next would be, too.
constexpr absl::Duration kYoungestRejected = absl::Minutes(1);
// One entry is replaced for this reason at most once in this time.
constexpr absl::Duration kRejectionWindow = absl::Minutes(5);

// Tells whether the credential issued at `issued`, about to be served to `starter`, was probably rejected:
// the same process has been served this very credential before. A process that reads a manifest from its
// stdin is allowed one repetition. Reads /proc, but only when all else says yes.
bool LooksRejected(const Servings& servings, const Issuance& issuance, const Starter& starter,
                   absl::Time issued, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_REJECTION_H_
