// Remembers temporary AccessKeys, so that a role costs one call an hour and not one each certificate.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_SESSION_CACHE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_SESSION_CACHE_H_

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/identity/identity.h"

namespace credential_provider {

// A session with less than this left is replaced before it is used. The call it signs is made within seconds,
// so this is slack for a clock that runs ahead of ours and for the waits between retries; the official SDKs
// leave the same.
constexpr absl::Duration kLeastSessionRemaining = absl::Minutes(3);

// Returns the remembered session of `who` while at least kLeastSessionRemaining is left of it, else the one
// that `get` makes, after remembering it until its own end, by this machine's clock. A store that fails is a
// miss, or a warning.
absl::StatusOr<AccessKey> RememberedSession(absl::string_view who, const NetworkContext& fetch,
                                            absl::FunctionRef<absl::StatusOr<AccessKey>()> get);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_SESSION_CACHE_H_
