// The RAM role of the ECS instance this runs on, from the instance metadata service.
// https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_INSTANCE_ROLE_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_INSTANCE_ROLE_SOURCE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// Returns the identity of the instance's role: which role of which instance and account, as the service says.
// `role_name` "" means the one that is attached. Whether this is an ECS instance at all shows when it is
// asked. The service is reached
// directly, never through a proxy, within a second a step; token mode (v2) first, then, unless
// ALIBABA_CLOUD_IMDSV1_DISABLED is "true", the older one. FailedPrecondition when
// ALIBABA_CLOUD_ECS_METADATA_DISABLED is "true".
absl::StatusOr<Identity> InstanceRole(absl::string_view source, absl::string_view role_name,
                                      const Environment& environment, const Resolver& resolve);

// InstanceRole with the role that ALIBABA_CLOUD_ECS_METADATA names. Without that variable NotFound, unless
// the user has picked this source by name.
absl::StatusOr<Identity> FindInstanceRole(const IdentityOptions& options, const Environment& environment,
                                          const Resolver& resolve);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_INSTANCE_ROLE_SOURCE_H_
