#include "credential_provider/sources/aliyun/oauth_mode.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/sources/aliyun/kept_session.h"
#include "credential_provider/sources/aliyun/oauth_tokens.h"
#include "credential_provider/sources/roles/key_owner.h"

namespace credential_provider {
namespace {

// Another sign-in is another place: of what aliyun-cli writes everything that changes with the person.
std::string PlaceText(const OAuthSite& site, const OAuthTokens& tokens, const JsonReader& fields) {
  return CredentialKey()
      .Add("oauth", site.origin)
      .Add("access-token", tokens.access.Reveal())
      .Add("refresh-token", tokens.refresh.Reveal())
      .Add("kept", TextOfKeptSession(fields))
      .text();
}

// From when on somebody has to sign in again: never, as far as can be told, while it can be renewed.
absl::Time EndOfSignIn(const OAuthTokens& tokens, JsonReader& fields) {
  const absl::Time kept = EndOfKeptSession(fields);
  if (!tokens.refresh.empty()) return absl::InfiniteFuture();
  if (tokens.access.empty()) return kept;
  if (tokens.access_end == absl::UnixEpoch()) return absl::InfiniteFuture();
  return std::max(tokens.access_end, kept);
}

// What signing in to a profile takes.
struct OAuthProfile {
  std::string path;  // of config.json
  std::string name;
  JsonReader fields;
  OAuthTokens tokens;
  OAuthSite site;
  std::string place;
};

absl::StatusOr<SignIn> GetSession(const OAuthProfile& profile, const NetworkContext& fetch) {
  absl::StatusOr<OAuthTokens> tokens =
      CurrentOAuthTokens(profile.path, profile.name, profile.tokens, profile.site, fetch);
  if (!tokens.ok()) return tokens.status();
  absl::StatusOr<AccessKey> session = ExchangeOAuthToken(profile.site, tokens->access, fetch);
  if (!session.ok()) return session.status();
  SignIn signed_in = SignInWith(*std::move(session));
  const std::string place = PlaceText(profile.site, *tokens, profile.fields);
  // They were renewed: the next run finds another place, of the same person.
  if (place != profile.place) signed_in.moved_to = place;
  return signed_in;
}

}  // namespace

absl::StatusOr<Identity> OAuthMode(AliyunProfile& profile) {
  const std::string type = profile.fields.NonEmptyString("oauth_site_type");
  const OAuthTokens tokens = TokensIn(profile.fields);
  if (!profile.fields.status().ok()) return profile.fields.status();
  absl::StatusOr<OAuthSite> site = FindOAuthSite(type, profile.environment);
  if (!site.ok()) return WithHint(site.status(), ConfigureHint(profile.name, "OAuth"));
  Place place;
  place.shown = IdentityText().Add("oauth", site->origin).Add("profile", profile.name).text();
  place.text = PlaceText(*site, tokens, profile.fields);
  place.life = kSignInLife;
  const absl::Time end = EndOfSignIn(tokens, profile.fields);
  const OAuthProfile signs_in = {profile.path, profile.name,     profile.fields,
                                 tokens,       *std::move(site), place.text};
  absl::StatusOr<Identity> identity =
      SignedInIdentity(profile, place, [signs_in](const NetworkContext& fetch) {
        absl::StatusOr<SignIn> session = GetSession(signs_in, fetch);
        if (session.ok()) return session;
        return absl::StatusOr<SignIn>(WithHint(
            WithContext(session.status(), "OAuth"),
            absl::StrCat("run `", LoginLine(signs_in.name, fetch.environment), "` to sign in again")));
      });
  if (identity.ok()) identity->sign_in_end = end;
  return identity;
}

}  // namespace credential_provider
