#include "credential_provider/sources/aliyun/oauth_tokens.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

constexpr char kEndpointVariable[] = "CREDENTIAL_PROVIDER_OAUTH_ENDPOINT";
// Enough for the one call that the token is for.
constexpr absl::Duration kLeastTokenRemaining = absl::Minutes(1);

// `read` is what became of reading them.
absl::StatusOr<OAuthTokens> MakeTokens(const FoundValue& access, const FoundValue& refresh,
                                       absl::Time access_end, const absl::Status& read) {
  if (!read.ok()) return read;
  absl::StatusOr<std::string> access_token = VisibleText(access);
  if (!access_token.ok()) return access_token.status();
  absl::StatusOr<std::string> refresh_token = VisibleText(refresh);
  if (!refresh_token.ok()) return refresh_token.status();
  return OAuthTokens{Secret(*std::move(access_token)), Secret(*std::move(refresh_token)), access_end};
}

// The hint of a value is for who has typed it, not for what a site has sent.
absl::Status WithoutHint(const absl::Status& status) { return {status.code(), status.message()}; }

absl::StatusOr<OAuthTokens> ReadTokens(const std::string& path, absl::string_view profile,
                                       const OAuthTokens& known) {
  absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(path);
  if (!config.ok()) return config.status();
  const nlohmann::json* const found = config->FindProfile(profile);
  if (found == nullptr) return absl::FailedPreconditionError(absl::StrCat(path, ": the profile is gone"));
  JsonReader in = JsonReader::Of(*found, absl::StrCat(path, ": profile"));
  const OAuthTokens tokens = TokensIn(in);
  const bool same =
      tokens.access.Reveal() == known.access.Reveal() && tokens.refresh.Reveal() == known.refresh.Reveal();
  if (in.status().ok() && !same) return PlaceChanged(absl::StrCat("profile ", Printable(profile, 60)));
  return MakeTokens({in.Place("oauth_access_token"), tokens.access.Reveal()},
                    {in.Place("oauth_refresh_token"), tokens.refresh.Reveal()}, tokens.access_end,
                    in.status());
}

bool IsGood(const OAuthTokens& tokens, absl::Time now) {
  if (tokens.access.empty()) return false;
  if (!tokens.refresh.empty()) return tokens.access_end - now >= kLeastTokenRemaining;
  return tokens.access_end == absl::UnixEpoch() || now < tokens.access_end;
}

absl::StatusOr<OAuthTokens> Refresh(const OAuthTokens& old, const OAuthSite& site,
                                    const NetworkContext& fetch) {
  if (old.access.empty() && old.refresh.empty())
    return absl::UnauthenticatedError("nobody has signed in yet");
  if (old.refresh.empty()) return absl::UnauthenticatedError("the sign-in has expired");
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(site.origin, "/v1/token");
  request.headers = {{"accept", "application/json"}, {"content-type", "application/x-www-form-urlencoded"}};
  request.body = CanonicalQuery({{"client_id", site.client_id},
                                 {"grant_type", "refresh_token"},
                                 {"refresh_token", old.refresh.Reveal()}});
  absl::StatusOr<std::string> body = FetchBody(std::move(request), old.refresh, fetch);
  if (!body.ok()) return body.status();
  absl::StatusOr<OAuthTokens> tokens = ReadTokenReply(*body, fetch.clock.ServerNow());
  if (tokens.ok() && tokens->refresh.empty())
    return absl::InvalidArgumentError("reply: field \"refresh_token\" is missing");
  return tokens;
}

// The tokens exist once they are made: when they cannot be written, this run goes on and the user is told.
void Keep(const std::string& path, absl::string_view profile, const OAuthTokens& tokens,
          const NetworkContext& fetch) {
  absl::Status written =
      UpdateAliyunProfile(path, profile,
                          {{"oauth_access_token", tokens.access.Reveal()},
                           {"oauth_refresh_token", tokens.refresh.Reveal()},
                           {"oauth_access_token_expire", absl::ToUnixSeconds(tokens.access_end)}});
  if (written.ok() || !fetch.warn) return;
  fetch.warn(WithHint(WithContext(written, "the renewed sign-in cannot be kept"),
                      absl::StrCat("run `", LoginLine(profile, fetch.environment), "`")));
}

}  // namespace

absl::StatusOr<OAuthSite> FindOAuthSite(absl::string_view type, const Environment& environment) {
  OAuthSite site;
  if (absl::EqualsIgnoreCase(type, "CN")) {
    site = {"https://oauth.aliyun.com", "4038181954557748008", "https://signin.aliyun.com"};
  } else if (absl::EqualsIgnoreCase(type, "INTL")) {
    site = {"https://oauth.alibabacloud.com", "4103531455503354461", "https://signin.alibabacloud.com"};
  } else {
    return absl::InvalidArgumentError("field \"oauth_site_type\" is neither CN nor INTL");
  }
  const absl::string_view other = environment.Get(kEndpointVariable);
  if (other.empty()) return site;
  absl::StatusOr<ServiceUrl> url = ParseServiceUrl(other);
  if (!url.ok()) return WithContext(url.status(), kEndpointVariable);
  if (!IsLoopback(url->host)) {
    return WithHint(
        WithContext(absl::InvalidArgumentError("not a loopback address; the sign-in would be sent there"),
                    kEndpointVariable),
        "unset this variable: it is for tests on this machine");
  }
  site.origin = site.pages = absl::StrCat(url->scheme, "://", url->authority);
  return site;
}

absl::StatusOr<OAuthTokens> ReadTokenReply(absl::string_view reply, absl::Time now) {
  JsonReader in(reply, "reply");
  const FoundValue access = {in.Place("access_token"), in.NonEmptyString("access_token")};
  const FoundValue refresh = {in.Place("refresh_token"), in.OptionalString("refresh_token")};
  const absl::Duration life = absl::Seconds(in.OptionalInteger("expires_in"));
  const absl::Time end =
      life > absl::ZeroDuration() ? now + std::min(life, kLongestSignIn) : absl::UnixEpoch();
  absl::StatusOr<OAuthTokens> tokens = MakeTokens(access, refresh, end, in.status());
  return tokens.ok() ? tokens : WithoutHint(tokens.status());
}

absl::StatusOr<AccessKey> ExchangeOAuthToken(const OAuthSite& site, const Secret& access_token,
                                             const NetworkContext& fetch) {
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

OAuthTokens TokensIn(JsonReader& profile) {
  return {Secret(profile.OptionalString("oauth_access_token")),
          Secret(profile.OptionalString("oauth_refresh_token")),
          absl::FromUnixSeconds(profile.OptionalInteger("oauth_access_token_expire"))};
}

absl::StatusOr<OAuthTokens> CurrentOAuthTokens(const std::string& path, absl::string_view profile,
                                               const OAuthTokens& known, const OAuthSite& site,
                                               const NetworkContext& fetch) {
  absl::StatusOr<OAuthTokens> tokens = ReadTokens(path, profile, known);
  if (!tokens.ok() || IsGood(*tokens, fetch.clock.ServerNow())) return tokens;
  const absl::StatusOr<FileDescriptor> lock = LockAliyunConfig(path, fetch.clock, fetch.time_limit);
  if (!lock.ok()) return lock.status();
  tokens = ReadTokens(path, profile, known);  // whoever held the lock may have renewed them
  if (!tokens.ok()) return tokens;
  tokens = Refresh(*tokens, site, fetch);
  if (tokens.ok()) Keep(path, profile, *tokens, fetch);
  return tokens;
}

}  // namespace credential_provider
