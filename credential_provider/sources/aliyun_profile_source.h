// A profile of the aliyun CLI.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_SOURCE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_SOURCE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

// Finds the profile of config.json that --profile names, else ALIBABACLOUD_PROFILE, ALIBABA_CLOUD_PROFILE or
// ALICLOUD_PROFILE, else the file's current one. NotFound when there is no file, no such profile, or an empty
// one; any other fault names the file, the profile, its mode and the field.
absl::StatusOr<Identity> FindAliyunProfile(const IdentityOptions& options, const Environment& environment,
                                           const Resolver& resolve);

// Returns the names of the profiles in that file; none when it cannot be read.
std::vector<std::string> AliyunProfileNames(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_SOURCE_H_
