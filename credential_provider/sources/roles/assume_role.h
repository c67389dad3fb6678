// A RAM role on top of another identity.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_ASSUME_ROLE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_ASSUME_ROLE_H_

#include "credential_provider/alibaba_cloud/sts_role.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/identity.h"

namespace credential_provider {

// Returns the identity of `role`, taken on by `base` at `sts`. Its session is remembered, so the key of
// `base` is only got when there is none. Roles chain: `base` may be such an identity itself.
Identity WithRole(Identity base, const RoleRequest& role, const ServiceUrl& sts);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_ASSUME_ROLE_H_
