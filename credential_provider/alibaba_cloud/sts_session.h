// AccessKeys in JSON, as the several services and programs that hand them out spell them.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_SESSION_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_SESSION_H_

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

// The names of the four fields.
struct SessionFields {
  const char* id;
  const char* secret;
  const char* security_token;
  const char* expiration;
};

constexpr SessionFields kStsSession = {"AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration"};
constexpr SessionFields kOAuthSession = {"accessKeyId", "accessKeySecret", "securityToken", "expiration"};

constexpr SessionFields kProfileKey = {"access_key_id", "access_key_secret", "sts_token", "expiration"};

enum class SecurityToken { kNone, kOptional, kNeeded };

// Reads an AccessKey from `in`, without its end. Errors never hold a value.
absl::StatusOr<AccessKey> ReadAccessKey(JsonReader in, const SessionFields& fields, SecurityToken token);

// Reads a temporary AccessKey from `in`. All four fields must be there; the expiration is an RFC 3339 time.
// Errors are those of `in`, and never hold a value.
absl::StatusOr<AccessKey> ReadSession(JsonReader in, const SessionFields& fields = kStsSession);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_SESSION_H_
