// The caller's own key to Alibaba Cloud.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {

// An AccessKey pair; with a security token it is a temporary one, of STS.
struct AccessKey {
  std::string id;
  Secret secret;
  Secret security_token;  // empty for a long-lived key
  absl::Time expires = absl::InfiniteFuture();
};

// Makes an AccessKey of values as they were found: every source comes through here. Blanks and line breaks
// around them are taken off. InvalidArgument, naming the place, for other characters than visible ASCII, and
// for an empty id or secret.
absl::StatusOr<AccessKey> MakeAccessKey(const FoundValue& id, const FoundValue& secret,
                                        const FoundValue& security_token = {});

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACCESS_KEY_H_
