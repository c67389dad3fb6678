// An AccessKey in environment variables.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"

namespace credential_provider {

// Finds ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET, and _SECURITY_TOKEN beside them, or the first of their other
// spellings of which anything is set. The three never mix spellings. NotFound when none is set;
// FailedPrecondition when half a pair is.
absl::StatusOr<Identity> FindInEnvironment(const IdentityOptions& options, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_
