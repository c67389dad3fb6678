// Identity tokens (JWT) as CI runners and pods present them. Signatures are not checked, only their presence.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_OIDC_TOKEN_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_OIDC_TOKEN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"

namespace sandbox {

// Makes a token for `audience` that lasts from `now` to `expires`.
std::string MakeOidcToken(absl::string_view subject, absl::string_view audience, absl::Time now,
                          absl::Time expires);

// What a token says, or the error code of STS that refuses it.
struct OidcClaims {
  std::string error;  // "" when the token is good
  std::string subject;
  std::string issuer;
  std::string audience;
  absl::Time issued;
  absl::Time expires;
};
OidcClaims ReadOidcToken(absl::string_view token, absl::Time now);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_OIDC_TOKEN_H_
