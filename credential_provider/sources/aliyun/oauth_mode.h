// The mode OAuth of config.json: a sign-in through the browser that the CLI made and that renews itself.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_MODE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_MODE_H_

#include "absl/status/statusor.h"
#include "credential_provider/sources/aliyun/profile.h"

namespace credential_provider {

// The AccessKey that the CLI keeps in the profile is used until its end; then the access token, renewed when
// it has to be, is exchanged for another, which is remembered in our own store.
absl::StatusOr<Identity> OAuthMode(AliyunProfile& profile);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_MODE_H_
