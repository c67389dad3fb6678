// The portal of CloudSSO: what a profile says about it, and the AccessKeys that it gives to who has signed
// in.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_PORTAL_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_PORTAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

// Where somebody signs in, and as what.
struct CloudSsoAccess {
  std::string sign_in_url;
  std::string portal;  // scheme and authority of that
  std::string account;
  std::string access_config;
};

// Reads what the profile called `name` says, which the CLI asks for when it makes the profile.
// InvalidArgument for what is missing or wrong, with the CLI's command as the hint.
absl::StatusOr<CloudSsoAccess> ReadCloudSsoAccess(const std::string& name, JsonReader& profile);

// Gets a temporary AccessKey with the token of a sign-in.
absl::StatusOr<AccessKey> CloudSsoSession(const CloudSsoAccess& access, const Secret& access_token,
                                          const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_CLOUD_SSO_PORTAL_H_
