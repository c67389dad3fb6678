#include "credential_provider/sign_in/device_sign_in.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/sign_in/browser.h"
#include "credential_provider/sign_in/pkce.h"
#include "credential_provider/sources/aliyun/oauth_tokens.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/time_text.h"
#include "credential_provider/text/visible_text.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr char kClientOfCli[] = "app-vaz16tltdxs96audqf35";  // public
constexpr absl::Duration kUsualInterval = absl::Seconds(5);  // and the step of "slow down"
constexpr absl::Duration kLongestInterval = absl::Minutes(1);
constexpr size_t kLongestUserCode = 60;

// What was asked for, and what is polled with.
struct Authorization {
  Secret device_code;
  std::string user_code;
  std::string page;
  absl::Duration interval;
  absl::Duration life;  // zero when the portal does not say
};

struct Client {
  const std::string& portal;
  std::string id;
  Secret verifier;
};

absl::StatusOr<std::string> ClientId(const Environment& environment) {
  for (const char* variable : {"ALIBABACLOUD_SSO_CLIENT_ID", "ALIBABA_CLOUD_SSO_CLIENT_ID"}) {
    const absl::string_view id = environment.Get(variable);
    if (!id.empty()) return VisibleText({variable, std::string(id)});
  }
  return kClientOfCli;
}

HttpRequest JsonPost(absl::string_view portal, absl::string_view path, const nlohmann::json& body) {
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(portal, path);
  request.headers = {{"accept", "application/json"}, {"content-type", "application/json"}};
  request.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return request;
}

absl::StatusOr<Authorization> ReadAuthorization(absl::string_view body) {
  JsonReader reply(body, "reply");
  Authorization authorization{Secret(reply.NonEmptyString("DeviceCode")), reply.NonEmptyString("UserCode"),
                              reply.OptionalString("VerificationUriComplete"),
                              absl::Seconds(reply.OptionalInteger("Interval")),
                              absl::Seconds(reply.OptionalInteger("ExpiresIn"))};
  const bool complete = !authorization.page.empty();
  if (!complete) authorization.page = reply.NonEmptyString("VerificationUri");
  if (!reply.status().ok()) return reply.status();
  absl::Status page = CheckPageAddress(authorization.page);
  if (!page.ok())
    return WithContext(page, reply.Place(complete ? "VerificationUriComplete" : "VerificationUri"));
  authorization.user_code = Printable(authorization.user_code, kLongestUserCode);
  if (authorization.interval <= absl::ZeroDuration()) authorization.interval = kUsualInterval;
  authorization.interval = std::min(authorization.interval, kLongestInterval);
  return authorization;
}

absl::StatusOr<Authorization> Authorize(const Client& client, const CloudSsoAccess& access,
                                        const NetworkContext& fetch) {
  absl::StatusOr<std::string> body = FetchBody(JsonPost(client.portal, "/device-authorization",
                                                        {{"PortalUrl", access.sign_in_url},
                                                         {"ClientId", client.id},
                                                         {"CodeChallenge", CodeChallenge(client.verifier)},
                                                         {"CodeChallengeMethod", "S256"}}),
                                               Secret(), fetch);
  return body.ok() ? ReadAuthorization(*body) : body.status();
}

void Tell(const Authorization& authorization, absl::Duration wait, const Person& person,
          const Environment& environment) {
  const bool shown = person.has_browser && OpenBrowser(authorization.page, environment);
  person.say(absl::StrCat(shown ? "a browser was started; sign in there, or in any other, at"
                                : "sign in with any browser, also on another machine, at"));
  person.say(authorization.page);
  person.say(absl::StrCat("and confirm the code ", authorization.user_code, " (within ",
                          absl::FormatDuration(wait), "; Ctrl-C gives up)"));
}

enum class Polled { kPending, kSlowDown, kRefused, kExpired, kOther };

// What `code` says, in the portal's spelling ("AuthorizationPending") or the standard's.
Polled WhatItSays(absl::string_view code) {
  std::string letters = absl::AsciiStrToLower(code);
  letters.erase(std::remove(letters.begin(), letters.end(), '_'), letters.end());
  const absl::string_view said = absl::StripSuffix(letters, "error");
  if (said == "authorizationpending") return Polled::kPending;
  if (said == "slowdown") return Polled::kSlowDown;
  if (said == "accessdenied" || said == "authorizationdenied") return Polled::kRefused;
  const bool expired = said == "expiredtoken" || said == "invaliddevicecode" || said == "expireddevicecode";
  return expired ? Polled::kExpired : Polled::kOther;
}

// Whether asking again may help: the network, or the portal's own failure.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

absl::StatusOr<DeviceToken> ReadToken(absl::string_view body, absl::Time now) {
  JsonReader reply(body, "reply");
  absl::StatusOr<std::string> token =
      VisibleText({reply.Place("AccessToken"), reply.NonEmptyString("AccessToken")});
  const absl::Duration life = absl::Seconds(reply.OptionalInteger("ExpiresIn"));
  if (!reply.status().ok()) return reply.status();
  // Its hint is for who has typed a value, not for what a portal has sent.
  if (!token.ok()) return absl::Status(token.status().code(), token.status().message());
  if (life <= absl::ZeroDuration())
    return absl::InvalidArgumentError(absl::StrCat(reply.Place("ExpiresIn"), " is missing"));
  return DeviceToken{Secret(*std::move(token)), now + std::min(life, kLongestSignIn)};
}

absl::Status NobodyCame(absl::Duration waited) {
  return absl::DeadlineExceededError(absl::StrCat(
      "the code was not confirmed in time: nobody signed in within ", absl::FormatDuration(waited)));
}

absl::Status TakenNoLonger() {
  return absl::DeadlineExceededError(
      "the portal takes this code no longer: it has expired, or was used by somebody");
}

absl::StatusOr<DeviceToken> AwaitToken(const Client& client, const Authorization& authorization,
                                       absl::Duration wait, const NetworkContext& fetch) {
  const HttpRequest request = JsonPost(client.portal, "/token",
                                       {{"GrantType", "urn:ietf:params:oauth:grant-type:device_code"},
                                        {"DeviceCode", authorization.device_code.Reveal()},
                                        {"ClientId", client.id},
                                        {"CodeVerifier", client.verifier.Reveal()}});
  const Secret sent(absl::StrCat(authorization.device_code.Reveal(), " ", client.verifier.Reveal()));
  const absl::Time deadline = fetch.clock.Now() + wait;
  absl::Duration interval = authorization.interval;
  absl::Status last = NobodyCame(wait);
  while (fetch.clock.Now() < deadline) {
    fetch.clock.Sleep(std::min(interval, deadline - fetch.clock.Now()));
    std::string code;
    const absl::StatusOr<std::string> body = FetchBody(request, sent, fetch, &code);
    if (body.ok()) return ReadToken(*body, fetch.clock.ServerNow());
    const Polled said = WhatItSays(code);
    if (said == Polled::kRefused)
      return absl::PermissionDeniedError("the sign-in was refused in the browser");
    if (said == Polled::kExpired) {
      const bool in_time = deadline - fetch.clock.Now() > interval;
      return in_time ? TakenNoLonger() : NobodyCame(wait);
    }
    if (said == Polled::kOther && !MayPass(body.status())) return body.status();
    if (said == Polled::kSlowDown) interval = std::min(interval + kUsualInterval, kLongestInterval);
    last = said == Polled::kOther ? body.status() : NobodyCame(wait);
  }
  return last;
}

}  // namespace

absl::StatusOr<DeviceToken> SignInByDevice(const CloudSsoAccess& access, const Person& person,
                                           const NetworkContext& fetch) {
  absl::StatusOr<std::string> id = ClientId(fetch.environment);
  if (!id.ok()) return id.status();
  const Client client{access.portal, *std::move(id), NewCodeVerifier()};
  absl::StatusOr<Authorization> authorization = Authorize(client, access, fetch);
  if (!authorization.ok()) return WithContext(authorization.status(), "CloudSSO");
  const bool tells_end = authorization->life > absl::ZeroDuration();
  const absl::Duration wait = tells_end ? std::min(authorization->life, person.patience) : person.patience;
  Tell(*authorization, wait, person, fetch.environment);
  absl::StatusOr<DeviceToken> token = AwaitToken(client, *authorization, wait, fetch);
  if (!token.ok()) return WithContext(token.status(), "CloudSSO");
  return token;
}

}  // namespace credential_provider
