// What an OIDC token says about itself.
#ifndef CREDENTIAL_PROVIDER_TEXT_JWT_CLAIMS_H_
#define CREDENTIAL_PROVIDER_TEXT_JWT_CLAIMS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

struct JwtClaims {
  std::string issuer;   // "" when the token does not say, or not as text
  std::string subject;  // the same
  absl::Time expires = absl::InfiniteFuture();
};

// Reads the claims of `token`, a JSON Web Token. Nothing is verified, that is STS's part: this only tells
// tokens apart and spares a call with one that has expired. What is no such token has no claims.
JwtClaims ReadJwtClaims(absl::string_view token);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_JWT_CLAIMS_H_
