// CI with nothing stored: a RAM role for the token that the CI system makes for a job.
#ifndef CREDENTIAL_PROVIDER_SOURCES_OIDC_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_OIDC_SOURCE_H_

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"

namespace credential_provider {

// Returns the role of `options`; role and provider may also come from ALIBABA_CLOUD_ROLE_ARN and
// ALIBABA_CLOUD_OIDC_PROVIDER_ARN. The token comes from the file or the variable that `options` names, else
// from GitHub Actions when it offers one, else from ALIBABA_CLOUD_OIDC_TOKEN_FILE. FailedPrecondition when
// one of the three is missing. Of several roles the first is taken on with the token, each other from the one
// before.
absl::StatusOr<Identity> FindOidc(const IdentityOptions& options, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_OIDC_SOURCE_H_
