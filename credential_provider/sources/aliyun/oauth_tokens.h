// The tokens of a browser sign-in (mode OAuth of config.json), renewed when they end.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_TOKENS_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_TOKENS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

// The sign-in service of one of the two sites.
struct OAuthSite {
  std::string origin;     // "https://oauth.aliyun.com"
  std::string client_id;  // of the CLI; public
  std::string pages;      // "https://signin.aliyun.com": where a person signs in
};

// Returns the site called `type`, "CN" or "INTL". CREDENTIAL_PROVIDER_OAUTH_ENDPOINT puts a loopback address
// in place of both, for tests; another is refused, because it would be sent the sign-in. InvalidArgument for
// any other type.
absl::StatusOr<OAuthSite> FindOAuthSite(absl::string_view type, const Environment& environment);

struct OAuthTokens {
  Secret access;
  Secret refresh;         // "" when there is none: then the access token is used to its own end
  absl::Time access_end;  // the Unix epoch when nobody has said it
};

// A sign-in that a server says lasts longer is taken to last so long: the time has to be one that can be
// written and shown.
inline constexpr absl::Duration kLongestSignIn = absl::Hours(10 * 365 * 24);

// Returns the tokens that `reply`, of the site's token call, holds.
absl::StatusOr<OAuthTokens> ReadTokenReply(absl::string_view reply, absl::Time now);

// Gets a temporary AccessKey with the access token of a sign-in.
absl::StatusOr<AccessKey> ExchangeOAuthToken(const OAuthSite& site, const Secret& access_token,
                                             const NetworkContext& fetch);

// Returns the tokens in `profile`, as they are.
OAuthTokens TokensIn(JsonReader& profile);

// Returns tokens of which the access token is good for one more call; PlaceChanged when those in the profile
// are not `known` any more: somebody may have signed in since. When the access token in the profile has
// expired, gets others with the refresh token, under the lock of config.json, and writes both back before
// anything else happens: a refresh token works once, and the CLI's sign-in hangs on it.
absl::StatusOr<OAuthTokens> CurrentOAuthTokens(const std::string& path, absl::string_view profile,
                                               const OAuthTokens& known, const OAuthSite& site,
                                               const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_OAUTH_TOKENS_H_
