// The sources of the caller's own key, in the order in which they are asked.
#ifndef CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_
#define CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/sources/identity.h"

namespace credential_provider {

// Returns the identity of the first source that has one. A source that has none (NotFound) lets the next try;
// any other failure stops, because another identity than the intended one would be a surprise. Uses no
// network.
absl::StatusOr<Identity> FindIdentity(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_SOURCE_CHAIN_H_
