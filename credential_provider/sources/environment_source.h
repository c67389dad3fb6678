// An AccessKey in environment variables.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/sources/identity.h"

namespace credential_provider {

// Finds ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET, and _SECURITY_TOKEN beside them. NotFound when neither of
// the pair is set; FailedPrecondition when only one is.
absl::StatusOr<Identity> FindInEnvironment(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ENVIRONMENT_SOURCE_H_
