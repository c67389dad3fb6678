#include "tests/sandbox/cloud/sign_in_flows.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/wire/json_fields.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kDeviceGrant[] = "urn:ietf:params:oauth:grant-type:device_code";

HttpReply CloudSsoError(const HttpRequest& request, const char* code) {
  const json body = {{"ErrorCode", code}, {"ErrorMessage", "refused"}, {"RequestId", request.request_id}};
  return {400, body.dump()};
}

HttpReply OAuthError(const HttpRequest& request, const char* code) {
  const json body = {{"error", code}, {"error_description", "refused"}, {"requestId", request.request_id}};
  return {400, body.dump()};
}

HttpReply Page(const std::string& text) { return {200, text + "\n", "text/plain"}; }

// RFC 7636, method S256; a verifier has 43 characters at least.
bool Proves(const std::string& verifier, const std::string& challenge) {
  std::string digest;
  return verifier.size() >= 43 && verifier.size() <= 128 &&
         absl::HexStringToBytes(Sha256Hex(verifier), &digest) &&
         absl::WebSafeBase64Escape(digest) == challenge;
}

// What the person does on a page, which a test's browser adds to its address.
std::string PersonOf(const NameValues& query) {
  const std::string person = ValueOf(query, "as");
  return person.empty() ? "alice" : person;
}
bool Refuses(const NameValues& query) { return ValueOf(query, "answer") == "deny"; }

bool IsKnownRedirect(const std::string& address) {
  for (int port = 12345; port <= 12349; ++port) {
    if (address == absl::StrCat("http://127.0.0.1:", port, "/cli/callback")) return true;
  }
  return false;
}

void AddLifetime(const char* field, absl::Duration life, json* answer) {
  if (life != absl::ZeroDuration()) (*answer)[field] = absl::ToInt64Seconds(life);
}

}  // namespace

std::string SignInFlows::ActionFor(const std::string& path) {
  if (path == "/device-authorization") return "CloudSsoDevice";
  if (path == "/device") return "CloudSsoPage";
  if (path == "/token") return "CloudSsoToken";
  if (path == "/access-assignments/accounts") return "CloudSsoAccounts";
  if (path == "/access-assignments/access-configurations") return "CloudSsoAccessConfigurations";
  return path == "/oauth2/v1/auth" ? "OAuthPage" : "";
}

HttpReply SignInFlows::Handle(const HttpRequest& request) {
  const std::string action = ActionFor(request.path);
  const bool is_post = action == "CloudSsoDevice" || action == "CloudSsoToken";
  if (request.method != (is_post ? "POST" : "GET")) return {405, "method not allowed", "text/plain"};
  if (action == "CloudSsoDevice") return AuthorizeDevice(request);
  if (action == "CloudSsoPage") return DevicePage(request);
  if (action == "CloudSsoToken") return DeviceToken(request);
  return action == "OAuthPage" ? OAuthPage(request) : Assignments(request);
}

HttpReply SignInFlows::Assignments(const HttpRequest& request) {
  if (world_.sign_ins.count(request.BearerToken()) == 0) return CloudSsoError(request, "InvalidToken");
  json answer = {{"IsTruncated", false}, {"NextToken", ""}, {"RequestId", request.request_id}};
  if (ActionFor(request.path) == "CloudSsoAccounts") {
    answer["Accounts"] = {{{"AccountId", kHomeAccount}, {"DisplayName", "sandbox"}}};
  } else {
    answer["AccessConfigurationsForAccount"] = {{{"AccessConfigurationId", "ac-sandbox"},
                                                 {"AccessConfigurationName", "sandbox"},
                                                 {"AccessConfigurationDescription", ""}}};
  }
  return {200, answer.dump()};
}

HttpReply SignInFlows::AuthorizeDevice(const HttpRequest& request) {
  const absl::optional<json> body = ParseObject(request.body);
  if (!body || StringField(*body, "PortalUrl").empty() || StringField(*body, "ClientId").empty() ||
      StringField(*body, "CodeChallengeMethod") != "S256" || StringField(*body, "CodeChallenge").empty())
    return CloudSsoError(request, "InvalidParameter");
  const std::string& known = world_.settings.sso_client;
  if (!known.empty() && StringField(*body, "ClientId") != known)
    return CloudSsoError(request, "InvalidClient");
  ++last_;
  const std::string device_code = absl::StrCat("sandbox-device-code-", last_);
  const std::string user_code = absl::StrFormat("SAND-%04d", last_);
  const absl::Duration life = world_.settings.device_lifetime;
  devices_[device_code] = {StringField(*body, "ClientId"), StringField(*body, "CodeChallenge"), user_code,
                           world_.Now() + life};
  const std::string page = absl::StrCat(world_.addresses.cloud, "/device");
  const json answer = {{"DeviceCode", device_code},
                       {"UserCode", user_code},
                       {"VerificationUri", page},
                       {"VerificationUriComplete", absl::StrCat(page, "?user_code=", user_code)},
                       {"Interval", absl::ToInt64Seconds(world_.settings.device_interval)},
                       {"ExpiresIn", absl::ToInt64Seconds(life)},
                       {"RequestId", request.request_id}};
  return {200, answer.dump()};
}

HttpReply SignInFlows::DevicePage(const HttpRequest& request) {
  const NameValues query = request.Query();
  for (auto& [code, device] : devices_) {
    if (device.user_code != ValueOf(query, "user_code")) continue;
    device.refused = Refuses(query);
    if (!device.refused) device.person = PersonOf(query);
    return Page(device.refused ? "refused" : "signed in as " + device.person);
  }
  return {404, "no such code", "text/plain"};
}

HttpReply SignInFlows::DeviceToken(const HttpRequest& request) {
  const absl::optional<json> body = ParseObject(request.body);
  if (!body || StringField(*body, "GrantType") != kDeviceGrant)
    return CloudSsoError(request, "InvalidParameter");
  const auto found = devices_.find(StringField(*body, "DeviceCode"));
  if (found == devices_.end() || found->second.end <= world_.Now())
    return CloudSsoError(request, "InvalidDeviceCodeError");
  Device& device = found->second;
  if (StringField(*body, "ClientId") != device.client_id) return CloudSsoError(request, "InvalidClient");
  if (!Proves(StringField(*body, "CodeVerifier"), device.challenge))
    return CloudSsoError(request, "InvalidCodeVerifier");
  // A little early is what clocks and roads do.
  const absl::Duration least = world_.settings.device_interval - absl::Milliseconds(300);
  const bool too_soon = world_.Now() - device.last_poll < least;
  device.last_poll = world_.Now();
  if (too_soon) return CloudSsoError(request, "SlowDown");
  if (device.refused) return CloudSsoError(request, "AccessDenied");
  if (device.person.empty()) return CloudSsoError(request, "AuthorizationPending");
  const std::string token = absl::StrCat("sandbox-cloudsso-token-", ++last_);
  world_.sign_ins[token] = {"ack-reader", device.person};
  devices_.erase(found);
  json answer = {{"AccessToken", token}, {"TokenType", "Bearer"}};
  AddLifetime("ExpiresIn", world_.settings.sign_in_lifetime, &answer);
  return {200, answer.dump()};
}

HttpReply SignInFlows::OAuthPage(const HttpRequest& request) {
  const NameValues query = request.Query();
  const std::string redirect = ValueOf(query, "redirect_uri"), challenge = ValueOf(query, "code_challenge");
  if (ValueOf(query, "response_type") != "code" || ValueOf(query, "client_id").empty() ||
      ValueOf(query, "state").empty() || ValueOf(query, "code_challenge_method") != "S256" ||
      challenge.size() != 43 || !IsKnownRedirect(redirect))
    return {400, "this request is not one of the CLI's", "text/plain"};
  std::string answer = "error=access_denied&error_description=refused+by+the+user";
  if (!Refuses(query)) {
    const std::string code = absl::StrCat("sandbox-auth-code-", ++last_);
    codes_[code] = {ValueOf(query, "client_id"), challenge, redirect, PersonOf(query)};
    answer = absl::StrCat("code=", code);
  }
  HttpReply reply = {302, "", "text/plain"};
  reply.headers.emplace_back(
      "Location", absl::StrCat(redirect, "?", answer, "&state=", PercentEncode(ValueOf(query, "state"))));
  return reply;
}

HttpReply SignInFlows::RedeemCode(const HttpRequest& request) {
  const NameValues form = request.QueryAndForm();
  const auto found = codes_.find(ValueOf(form, "code"));
  if (found == codes_.end()) return OAuthError(request, "invalid_grant");
  const Code code = found->second;
  codes_.erase(found);  // good once
  if (ValueOf(form, "client_id") != code.client_id || ValueOf(form, "redirect_uri") != code.redirect ||
      !Proves(ValueOf(form, "code_verifier"), code.challenge))
    return OAuthError(request, "invalid_grant");
  const std::string access_token = absl::StrCat("sandbox-oauth-token-of-", ++last_);
  const std::string refresh_token = absl::StrCat("sandbox-refresh-token-of-", last_);
  world_.sign_ins[access_token] = world_.sign_ins[refresh_token] = {"ack-reader", code.person};
  json answer = {{"access_token", access_token}, {"token_type", "Bearer"}};
  AddLifetime("expires_in", world_.settings.sign_in_lifetime, &answer);
  if (!world_.settings.oauth_without_refresh_token) answer["refresh_token"] = refresh_token;
  return {200, answer.dump()};
}

}  // namespace sandbox
