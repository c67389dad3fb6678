// Signing in to CloudSSO: a code is confirmed in any browser, on any machine, while this one asks whether it
// was (the device flow, RFC 8628, as the portal spells it).
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_DEVICE_SIGN_IN_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_DEVICE_SIGN_IN_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/sign_in/person.h"
#include "credential_provider/sources/aliyun/cloud_sso_portal.h"

namespace credential_provider {

struct DeviceToken {
  Secret access_token;
  absl::Time end;
};

// Has a person sign in to the portal of `access`, as the client that ALIBABACLOUD_SSO_CLIENT_ID or
// ALIBABA_CLOUD_SSO_CLIENT_ID names, else as the CLI, and returns the token of that. PermissionDenied when
// the person refuses, DeadlineExceeded when nobody confirms the code in time.
absl::StatusOr<DeviceToken> SignInByDevice(const CloudSsoAccess& access, const Person& person,
                                           const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_DEVICE_SIGN_IN_H_
