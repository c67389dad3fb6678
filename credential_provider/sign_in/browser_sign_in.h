// Signing in to Alibaba Cloud's OAuth site: a browser signs in there and brings a code back, to this process
// on loopback or by the person's clipboard (the authorization code flow, RFC 6749, with PKCE).
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_SIGN_IN_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_SIGN_IN_H_

#include "absl/status/statusor.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/sign_in/person.h"
#include "credential_provider/sources/aliyun/oauth_tokens.h"

namespace credential_provider {

// Has a person sign in at `site` and returns the tokens of that. PermissionDenied when the person refuses,
// DeadlineExceeded when nobody comes back in time, Cancelled when what is typed ends without an address.
absl::StatusOr<OAuthTokens> SignInByBrowser(const OAuthSite& site, const Person& person,
                                            const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_BROWSER_SIGN_IN_H_
