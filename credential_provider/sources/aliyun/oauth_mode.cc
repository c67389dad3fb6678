#include "credential_provider/sources/aliyun/oauth_mode.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/aliyun/oauth_tokens.h"
#include "credential_provider/sources/aliyun/static_modes.h"
#include "credential_provider/sources/fetch_body.h"
#include "credential_provider/sources/session_cache.h"
#include "credential_provider/sources/source_names.h"
#include "credential_provider/sources/who.h"

namespace credential_provider {
namespace {

absl::StatusOr<AccessKey> Exchange(const OAuthSite& site, const Secret& access_token, const KeyFetch& fetch) {
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(site.origin, "/v1/exchange");
  request.headers = {{"accept", "application/json"},
                     {"content-type", "application/json"},
                     {"authorization", absl::StrCat("Bearer ", access_token.Reveal())}};
  request.body = "{}";
  absl::StatusOr<std::string> body = FetchBody(std::move(request), access_token, fetch);
  if (!body.ok()) return body.status();
  return ReadSession(JsonReader(*body, "reply"), kOAuthSession);
}

absl::StatusOr<AccessKey> GetSession(const std::string& path, const std::string& profile,
                                     const OAuthSite& site, const KeyFetch& fetch) {
  absl::StatusOr<Secret> token = OAuthAccessToken(path, profile, site, fetch);
  absl::StatusOr<AccessKey> session =
      token.ok() ? Exchange(site, *token, fetch) : absl::StatusOr<AccessKey>(token.status());
  if (session.ok()) return session;
  return WithHint(
      WithContext(session.status(), "OAuth"),
      absl::StrCat("run `aliyun configure --profile ", Printable(profile, 60), "` to sign in again"));
}

}  // namespace

absl::StatusOr<Identity> OAuthMode(AliyunProfile& profile) {
  const std::string type = profile.fields.NonEmptyString("oauth_site_type");
  // The end of the sign-in stands for the person: it is another after each sign-in, and no refresh moves it.
  const int64_t until = profile.fields.OptionalInteger("oauth_refresh_token_expire");
  if (!profile.fields.status().ok()) return profile.fields.status();
  absl::StatusOr<OAuthSite> site = FindOAuthSite(type, profile.environment);
  if (!site.ok()) return site.status();
  Identity identity;
  identity.source = kAliyunProfileSource;
  identity.who = Who()
                     .Add("oauth", site->origin)
                     .Add("config", profile.path)
                     .Add("profile", profile.name)
                     .Add("until", absl::StrCat(until))
                     .text();
  identity.access_key = [site = *std::move(site), path = profile.path, name = profile.name,
                         fields = profile.fields,
                         who = identity.who](const KeyFetch& fetch) -> absl::StatusOr<AccessKey> {
    const absl::optional<AccessKey> kept = KeptSession(fields, fetch.clock.ServerNow());
    if (kept && !fetch.renew) return *kept;
    return RememberedSession(who, fetch, [&] { return GetSession(path, name, site, fetch); });
  };
  return identity;
}

}  // namespace credential_provider
