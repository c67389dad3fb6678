// PKCE (RFC 7636): proof that whoever exchanges a code is who asked for it.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_PKCE_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_PKCE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// Returns a new code verifier: 256 random bits.
Secret NewCodeVerifier();

// Returns the code challenge of `verifier` by the method S256.
std::string CodeChallenge(const Secret& verifier);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_PKCE_H_
