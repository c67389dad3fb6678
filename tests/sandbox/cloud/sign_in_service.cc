#include "tests/sandbox/cloud/sign_in_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/sandbox/cloud/oidc_token.h"
#include "tests/sandbox/cloud/role_request.h"
#include "tests/sandbox/wire/json_fields.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

using nlohmann::json;

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
  const std::string flow = SignInFlows::ActionFor(path);
  if (!flow.empty()) return flow;
  return path == "/actions-id-token" ? "ActionsIdToken" : "";
}

HttpReply SignInService::Handle(const HttpRequest& request) {
  if (!SignInFlows::ActionFor(request.path).empty()) return flows_.Handle(request);
  const std::string action = ActionFor(request.path);
  if (action == "ActionsIdToken" && request.method == "GET") return ActionsIdToken(request);
  if (request.method != "POST") return {405, "method not allowed", "text/plain"};
  if (action == "CloudSsoCredentials") return CloudSsoCredentials(request);
  return action == "OAuthExchange" ? OAuthExchange(request) : OAuthToken(request);
}

const SignIn* SignInService::Find(const std::string& token) const {
  const auto own = sign_ins_.find(token);
  if (own != sign_ins_.end()) return &own->second;
  const auto added = world_.sign_ins.find(token);
  return added == world_.sign_ins.end() ? nullptr : &added->second;
}

const AccessKey* SignInService::IssueSession(const std::string& access_token, const std::string& role_name,
                                             const std::string& account) {
  const SignIn* const sign_in = Find(access_token);
  if (sign_in == nullptr) return nullptr;
  const Role* role = world_.identities.FindRoleByName(role_name);
  if (role == nullptr) role = world_.identities.FindRoleByName(sign_in->role);
  const absl::Duration lifetime = world_.settings.session_lifetime.value_or(absl::Hours(1));
  AccessKey key = world_.identities.IssueSession(*role, sign_in->session, world_.Now() + lifetime);
  if (!account.empty()) key.principal.account = account;
  const std::string id = key.id;
  world_.identities.Add(std::move(key));
  return world_.identities.FindKey(id);
}

HttpReply SignInService::CloudSsoCredentials(const HttpRequest& request) {
  if (Find(request.BearerToken()) == nullptr) return CloudSsoError(request, 401, "InvalidToken");
  const absl::optional<json> body = ParseObject(request.body);
  if (!body || StringField(*body, "AccountId").empty() ||
      StringField(*body, "AccessConfigurationId").empty()) {
    return CloudSsoError(request, 400, "InvalidParameter");
  }
  // An access configuration that is called as a role gives that role.
  const AccessKey* const session = IssueSession(
      request.BearerToken(), StringField(*body, "AccessConfigurationId"), StringField(*body, "AccountId"));
  const json answer = {{"CloudCredential", CredentialsJson(*session)}, {"RequestId", request.request_id}};
  return {200, answer.dump()};
}

HttpReply SignInService::OAuthExchange(const HttpRequest& request) {
  const AccessKey* const session = IssueSession(request.BearerToken());
  if (session == nullptr) return OAuthError(request, 401, "expired_token");
  const json answer = {{"requestId", request.request_id},
                       {"accessKeyId", session->id},
                       {"accessKeySecret", session->secret},
                       {"securityToken", session->security_token},
                       {"expiration", FormatRfc3339(session->expires)}};
  return {200, answer.dump()};
}

HttpReply SignInService::OAuthToken(const HttpRequest& request) {
  const NameValues form = request.QueryAndForm();
  if (ValueOf(form, "grant_type") == "authorization_code") return flows_.RedeemCode(request);
  if (ValueOf(form, "grant_type") != "refresh_token")
    return OAuthError(request, 400, "unsupported_grant_type");
  if (ValueOf(form, "client_id").empty()) return OAuthError(request, 400, "invalid_client");
  const std::string old = ValueOf(form, "refresh_token");
  const SignIn* const found = Find(old);
  if (found == nullptr) return OAuthError(request, 400, "invalid_grant");
  const SignIn sign_in = *found;
  sign_ins_.erase(old);  // a refresh token is good once
  world_.sign_ins.erase(old);
  ++refreshes_;
  const std::string access_token = absl::StrCat("sandbox-oauth-token-", refreshes_);
  const std::string refresh_token = absl::StrCat("sandbox-refresh-token-", refreshes_);
  sign_ins_[access_token] = sign_ins_[refresh_token] = sign_in;
  const json answer = {{"access_token", access_token},
                       {"refresh_token", refresh_token},
                       {"expires_in", 3600},
                       {"token_type", "Bearer"}};
  return {200, answer.dump()};
}

HttpReply SignInService::ActionsIdToken(const HttpRequest& request) {
  if (request.BearerToken() != "sandbox-actions-request-token") return {401, R"({"message":"unauthorized"})"};
  const std::string audience = ValueOf(request.Query(), "audience");
  const absl::Time now = world_.Now();
  const std::string branch = ValueOf(request.Query(), "branch");  // the job's, in a form of the sandbox's own
  const json answer = {{"value", MakeOidcToken(absl::StrCat("repo:example/app:ref:refs/heads/",
                                                            branch.empty() ? "main" : branch),
                                               audience, now, now + world_.settings.id_token_lifetime)}};
  return {200, answer.dump()};
}

}  // namespace sandbox
