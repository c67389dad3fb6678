// The modes of config.json that hold the AccessKey itself.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_STATIC_MODES_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_STATIC_MODES_H_

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/sources/aliyun/profile.h"

namespace credential_provider {

// AK: a long-lived AccessKey. NotFound when the profile is empty, as a CLI that was never set up leaves it.
absl::StatusOr<Identity> AkMode(AliyunProfile& profile);

// StsToken: a temporary AccessKey, of unknown end.
absl::StatusOr<Identity> StsTokenMode(AliyunProfile& profile);

// No mode: of the two and RamRoleArn the one whose fields are there, as the CLI does. NotFound when none is.
absl::StatusOr<Identity> ModeOfOldFiles(AliyunProfile& profile);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_STATIC_MODES_H_
