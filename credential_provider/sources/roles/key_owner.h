// Whose a key is.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_KEY_OWNER_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_KEY_OWNER_H_

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// The longest that STS may take to say whose a key is: where it cannot be reached kubectl waits no longer.
constexpr absl::Duration kOwnerTimeLimit = absl::Seconds(5);

// Returns whom `key` belongs to. A long-lived key names its owner itself; of a temporary one STS is asked,
// and when that does not answer, it stands for itself: another session is then another principal.
Principal OwnerOf(const AccessKey& key, const NetworkContext& fetch);

// Returns what signing in gave when it gave `key` alone.
SignIn SignInWith(AccessKey key);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_KEY_OWNER_H_
