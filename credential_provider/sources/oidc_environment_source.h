// RRSA: the RAM role of an ACK pod's service account, as its webhook sets it up.
// https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services
#ifndef CREDENTIAL_PROVIDER_SOURCES_OIDC_ENVIRONMENT_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_OIDC_ENVIRONMENT_SOURCE_H_

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"

namespace credential_provider {

// Finds the role that ALIBABA_CLOUD_ROLE_ARN, _OIDC_PROVIDER_ARN and _OIDC_TOKEN_FILE name, in either of
// their two spellings. NotFound unless all three are set. The token file is read at each use.
absl::StatusOr<Identity> FindInOidcEnvironment(const IdentityOptions& options,
                                               const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_OIDC_ENVIRONMENT_SOURCE_H_
