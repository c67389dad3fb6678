// The modes of config.json that take on a RAM role.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_ROLE_MODES_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_ROLE_MODES_H_

#include "absl/status/statusor.h"
#include "credential_provider/sources/aliyun/profile.h"

namespace credential_provider {

// RamRoleArn: from the AccessKey in the profile, temporary or not.
absl::StatusOr<Identity> RamRoleArnMode(AliyunProfile& profile);

// RamRoleArnWithRoleName: from the instance's role.
absl::StatusOr<Identity> RamRoleArnWithRoleNameMode(AliyunProfile& profile);

// ChainableRamRoleArn: from the identity of the profile `source_profile`.
absl::StatusOr<Identity> ChainableRamRoleArnMode(AliyunProfile& profile);

// OIDC: for the token in `oidc_token_file`.
absl::StatusOr<Identity> OidcMode(AliyunProfile& profile);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_ROLE_MODES_H_
