#include "tests/sandbox/cloud/sts_service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/cloud/oidc_token.h"
#include "tests/sandbox/cloud/role_request.h"
#include "tests/sandbox/signing/rpc_v1_signature.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kVersion[] = "2015-04-01";

HttpReply Fail(const HttpRequest& request, absl::string_view code, absl::string_view message = "") {
  return RenderError({std::string(code), std::string(message)}, request);
}

HttpReply Json(const HttpRequest& request, json body) {
  body["RequestId"] = request.request_id;
  return {200, body.dump()};
}

// A header or, in the older form of unsigned calls, a parameter.
std::string HeaderOrParameter(const HttpRequest& request, absl::string_view header,
                              absl::string_view parameter) {
  const std::string value = request.Header(header);
  return value.empty() ? ValueOf(request.QueryAndForm(), parameter) : value;
}

json OidcTokenInfo(const OidcClaims& claims) {
  return {{"Subject", claims.subject},
          {"Issuer", claims.issuer},
          {"ClientIds", claims.audience},
          {"IssuanceTime", FormatRfc3339(claims.issued)},
          {"ExpirationTime", FormatRfc3339(claims.expires)},
          {"VerificationInfo", "Success"}};
}

}  // namespace

std::string StsAction(const HttpRequest& request) {
  return HeaderOrParameter(request, "x-acs-action", "Action");
}

HttpReply StsService::Handle(const HttpRequest& request) {
  const std::string action = StsAction(request);
  if (HeaderOrParameter(request, "x-acs-version", "Version") != kVersion)
    return Fail(request, "InvalidAction.NotFound");
  if (action == "AssumeRole") return AssumeRole(request);
  if (action == "AssumeRoleWithOIDC") return AssumeRoleWithOidc(request);
  if (action == "GetCallerIdentity") return GetCallerIdentity(request);
  return Fail(request, "InvalidAction.NotFound");
}

HttpReply StsService::AssumeRole(const HttpRequest& request) {
  const Verdict verdict = IsRpcV1(request)
                              ? VerifyRpcV1(request, world_.identities, world_.Now())
                              : world_.verifier.Verify(request, SigningRules::kOnce, world_.Now());
  if (!verdict.caller) return RenderError(verdict.error, request);
  if (verdict.caller->principal.kind == PrincipalKind::kAccount) {
    return Fail(request, "NoPermission", "Roles may not be assumed by root accounts.");
  }
  if (verdict.caller->rights == Rights::kNone) return Fail(request, "NoPermission");
  const RoleRequest asked = ReadRoleRequest(request.QueryAndForm(), world_.identities);
  if (!asked.error.empty()) return Fail(request, asked.error);
  const absl::Duration lifetime = world_.settings.session_lifetime.value_or(asked.duration);
  const AccessKey& session = world_.identities.IssueSession(
      *asked.role, asked.session_name, world_.Now() + lifetime,
      absl::StrCat(verdict.caller->principal.Arn(), " (", verdict.caller->origin, ") ", asked.policy));
  return Json(request,
              {{"AssumedRoleUser", AssumedRoleUserJson(session)}, {"Credentials", CredentialsJson(session)}});
}

HttpReply StsService::AssumeRoleWithOidc(const HttpRequest& request) {
  const NameValues parameters = request.QueryAndForm();
  const std::string provider = ValueOf(parameters, "OIDCProviderArn");
  const std::string token = ValueOf(parameters, "OIDCToken");
  if (provider.empty()) return Fail(request, "MissingParameter.OIDCProviderArn");
  if (token.empty()) return Fail(request, "MissingParameter.OIDCToken");
  if (!absl::StartsWith(provider, absl::StrCat("acs:ram::", kHomeAccount, ":oidc-provider/"))) {
    return Fail(request, "AuthenticationFail.NoPermission");
  }
  const OidcClaims claims = ReadOidcToken(token, world_.Now());
  if (!claims.error.empty()) return Fail(request, claims.error);
  const RoleRequest asked = ReadRoleRequest(parameters, world_.identities);
  if (!asked.error.empty()) return Fail(request, asked.error);
  const absl::Duration lifetime = world_.settings.session_lifetime.value_or(asked.duration);
  const AccessKey& session = world_.identities.IssueSession(
      *asked.role, asked.session_name, world_.Now() + lifetime,
      absl::StrCat(provider, " ", claims.issuer, " ", claims.subject, " ", asked.policy));
  return Json(request, {{"AssumedRoleUser", AssumedRoleUserJson(session)},
                        {"Credentials", CredentialsJson(session)},
                        {"OIDCTokenInfo", OidcTokenInfo(claims)}});
}

HttpReply StsService::GetCallerIdentity(const HttpRequest& request) {
  const bool replay = Contains(request.Query(), "ACKClusterId");
  const Verdict verdict =
      world_.verifier.Verify(request, replay ? SigningRules::kReplay : SigningRules::kOnce, world_.Now());
  if (!verdict.caller) return RenderError(verdict.error, request);
  const Principal& who = verdict.caller->principal;
  return Json(request, {{"AccountId", who.account},
                        {"UserId", who.kind == PrincipalKind::kRole ? "" : who.id},
                        {"RoleId", who.kind == PrincipalKind::kRole ? who.id : ""},
                        {"Arn", who.Arn()},
                        {"IdentityType", who.IdentityType()},
                        {"PrincipalId", who.PrincipalId()}});
}

Verdict StsService::VerifyReplay(const HttpRequest& request, absl::string_view cluster_id) {
  if (request.Header("x-acs-action") != "GetCallerIdentity" || request.Header("x-acs-version") != kVersion ||
      ValueOf(request.Query(), "ACKClusterId") != cluster_id) {
    return {absl::nullopt, {"IncompleteSignature", "not a GetCallerIdentity for this cluster"}};
  }
  return world_.verifier.Verify(request, SigningRules::kReplay, world_.Now());
}

}  // namespace sandbox
