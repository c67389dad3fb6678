#include "tests/sandbox/sign_in_service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/json_fields.h"
#include "tests/sandbox/oidc_token.h"
#include "tests/sandbox/rfc3339.h"
#include "tests/sandbox/role_request.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kCloudSsoToken[] = "sandbox-cloudsso-token";
constexpr char kOfBob[] = "-of-bob";  // a token that ends so is bob's, any other is alice's
constexpr char kRoleArn[] = "acs:ram::1000000000000001:role/ack-reader";

HttpReply CloudSsoError(const HttpRequest& request, int status, const char* code) {
  const json body = {{"ErrorCode", code}, {"ErrorMessage", "refused"}, {"RequestId", request.request_id}};
  return {status, body.dump()};
}

HttpReply OAuthError(const HttpRequest& request, int status, const char* code) {
  const json body = {{"error", code}, {"error_description", "refused"}, {"requestId", request.request_id}};
  return {status, body.dump()};
}

}  // namespace

std::string SignInService::ActionFor(const std::string& path) {
  if (path == "/cloud-credentials") return "CloudSsoCredentials";
  if (path == "/v1/exchange") return "OAuthExchange";
  if (path == "/v1/token") return "OAuthToken";
  return path == "/actions-id-token" ? "ActionsIdToken" : "";
}

HttpReply SignInService::Handle(const HttpRequest& request) {
  const std::string action = ActionFor(request.path);
  if (action == "ActionsIdToken" && request.method == "GET") return ActionsIdToken(request);
  if (request.method != "POST") return {405, "method not allowed", "text/plain"};
  if (action == "CloudSsoCredentials") return CloudSsoCredentials(request);
  return action == "OAuthExchange" ? OAuthExchange(request) : OAuthToken(request);
}

const AccessKey& SignInService::IssueSession(const std::string& token) {
  const absl::Duration lifetime = world_.settings.session_lifetime.value_or(absl::Hours(1));
  return world_.identities.IssueSession(*world_.identities.FindRole(kRoleArn),
                                        absl::EndsWith(token, kOfBob) ? "bob" : "alice",
                                        world_.Now() + lifetime);
}

HttpReply SignInService::CloudSsoCredentials(const HttpRequest& request) {
  const std::string token = request.BearerToken();
  if (token != kCloudSsoToken && token != absl::StrCat(kCloudSsoToken, kOfBob))
    return CloudSsoError(request, 401, "InvalidToken");
  const absl::optional<json> body = ParseObject(request.body);
  if (!body || StringField(*body, "AccountId").empty() ||
      StringField(*body, "AccessConfigurationId").empty()) {
    return CloudSsoError(request, 400, "InvalidParameter");
  }
  const json answer = {{"CloudCredential", CredentialsJson(IssueSession(token))},
                       {"RequestId", request.request_id}};
  return {200, answer.dump()};
}

HttpReply SignInService::OAuthExchange(const HttpRequest& request) {
  if (access_tokens_.count(request.BearerToken()) == 0) return OAuthError(request, 401, "expired_token");
  const AccessKey& session = IssueSession(request.BearerToken());
  const json answer = {{"requestId", request.request_id},
                       {"accessKeyId", session.id},
                       {"accessKeySecret", session.secret},
                       {"securityToken", session.security_token},
                       {"expiration", FormatRfc3339(session.expires)}};
  return {200, answer.dump()};
}

HttpReply SignInService::OAuthToken(const HttpRequest& request) {
  const NameValues form = request.QueryAndForm();
  if (ValueOf(form, "grant_type") != "refresh_token")
    return OAuthError(request, 400, "unsupported_grant_type");
  if (ValueOf(form, "client_id").empty()) return OAuthError(request, 400, "invalid_client");
  if (ValueOf(form, "refresh_token") != refresh_token_) return OAuthError(request, 400, "invalid_grant");
  ++refreshes_;
  const std::string access_token = absl::StrCat("sandbox-oauth-token-", refreshes_);
  access_tokens_.insert(access_token);
  refresh_token_ = absl::StrCat("sandbox-refresh-token-", refreshes_);
  const json answer = {{"access_token", access_token},
                       {"refresh_token", refresh_token_},
                       {"expires_in", 3600},
                       {"token_type", "Bearer"}};
  return {200, answer.dump()};
}

HttpReply SignInService::ActionsIdToken(const HttpRequest& request) {
  if (request.BearerToken() != "sandbox-actions-request-token") return {401, R"({"message":"unauthorized"})"};
  const std::string audience = ValueOf(request.Query(), "audience");
  const absl::Time now = world_.Now();
  const json answer = {{"value", MakeOidcToken("repo:example/app:ref:refs/heads/main", audience, now,
                                               now + world_.settings.id_token_lifetime)}};
  return {200, answer.dump()};
}

}  // namespace sandbox
