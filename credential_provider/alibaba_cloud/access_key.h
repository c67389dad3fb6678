// The caller's own key to Alibaba Cloud.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_

#include <string>

#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// An AccessKey pair; with a security token it is a temporary one, of STS.
struct AccessKey {
  std::string id;
  Secret secret;
  Secret security_token;  // empty for a long-lived key
  absl::Time expires = absl::InfiniteFuture();
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_
