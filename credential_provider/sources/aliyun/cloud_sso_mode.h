// The mode CloudSSO of config.json: a sign-in through the browser that the CLI made.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_MODE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_MODE_H_

#include "absl/status/statusor.h"
#include "credential_provider/sources/aliyun/profile.h"

namespace credential_provider {

// The AccessKey that the CLI keeps in the profile is used until its end; then the access token gets another,
// which is remembered in our own store. The access token cannot be renewed: after its end the user has to
// sign in again (sign_in/), and the error says how.
absl::StatusOr<Identity> CloudSsoMode(AliyunProfile& profile);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_MODE_H_
