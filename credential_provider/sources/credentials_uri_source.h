// An AccessKey that a local service hands out at a URL.
#ifndef CREDENTIAL_PROVIDER_SOURCES_CREDENTIALS_URI_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_CREDENTIALS_URI_SOURCE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// Returns the identity of whom the service at `uri` speaks for. Plain http only towards loopback.
// FailedPrecondition when ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids it.
absl::StatusOr<Identity> FromCredentialsUri(absl::string_view source, absl::string_view uri,
                                            const Environment& environment, const Resolver& resolve);

// FromCredentialsUri with ALIBABA_CLOUD_CREDENTIALS_URI; NotFound when that is not set.
absl::StatusOr<Identity> FindCredentialsUri(const IdentityOptions& options, const Environment& environment,
                                            const Resolver& resolve);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_CREDENTIALS_URI_SOURCE_H_
