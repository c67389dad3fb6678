#include "tests/sandbox/wire/error_replies.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "nlohmann/json.hpp"

namespace sandbox {
namespace {

using nlohmann::json;

struct ErrorRow {
  const char* code;
  int status;
  ErrorWriter writer;
  const char* message;
};

constexpr ErrorWriter kCs = ErrorWriter::kCs;
constexpr ErrorWriter kGateway = ErrorWriter::kGateway;

constexpr ErrorRow kErrors[] = {
    {"ErrorClusterNotFound", 404, kCs, "cluster not found"},
    {"StatusForbidden", 403, kCs, "RAM policy Forbidden for action cs:DescribeClusterUserKubeconfig"},
    {"Forbidden.RAM", 403, kGateway,
     "User not authorized to operate on the specified resource, or this API does not support RAM."},
    {"NoPermission", 403, kGateway, "You are not authorized to do this action."},
    {"Forbidden", 403, kGateway, "You are not authorized to operate on the specified resource."},
    {"ErrorCheckAcl", 403, kCs, "check acl failed"},
    {"ForbiddenQueryClusterNamespace", 403, kCs, "query cluster namespace is forbidden"},
    {"ErrorClusterState", 400, kCs, "cluster state is not running"},
    {"InvalidParameter.TemporaryDurationMinutes", 400, kCs,
     "TemporaryDurationMinutes must be between 15 and 4320"},
    {"InvalidParameter", 400, kCs, "a parameter is invalid"},
    {"ParamInvalid", 400, kCs, "a parameter is invalid"},
    {"InvalidAccessKeyId.NotFound", 404, kGateway, "Specified access key is not found."},
    {"InvalidAccessKeyId.Inactive", 403, kGateway, "Specified access key is disabled."},
    {"SignatureDoesNotMatch", 400, kGateway, "Specified signature does not match our calculation."},
    {"IncompleteSignature", 400, kGateway, "The request signature does not conform to the standards."},
    {"InvalidTimeStamp.Expired", 400, kGateway, "Specified time stamp or date value is expired."},
    {"SignatureNonceUsed", 400, kGateway, "Specified signature nonce was used already."},
    {"MissingSecurityToken", 400, kGateway, "SecurityToken is mandatory for this action."},
    {"InvalidSecurityToken.Expired", 400, kGateway, "Specified SecurityToken is expired."},
    {"InvalidSecurityToken.Malformed", 400, kGateway, "Specified SecurityToken is malformed."},
    {"InvalidSecurityToken.MismatchWithAccessKey", 400, kGateway,
     "Specified SecurityToken mismatch with the AccessKey."},
    {"Throttling", 400, kGateway, "Request was denied due to request throttling."},
    {"Throttling.User", 429, kGateway, "Request was denied due to user flow control."},
    {"Throttling.Api", 503, kGateway, "Request was denied due to api flow control."},
    {"ServiceUnavailable", 503, kGateway, "The request has failed due to a temporary failure of the server."},
    {"InternalError", 500, kCs, "internal error"},
    {"InvalidAction.NotFound", 404, kGateway,
     "Specified api is not found, please check your url and method."},
    {"InvalidParameter.RoleArn", 400, kGateway, "The parameter RoleArn is wrongly formed."},
    {"InvalidParameter.RoleSessionName", 400, kGateway, "The parameter RoleSessionName is wrongly formed."},
    {"InvalidParameter.DurationSeconds", 400, kGateway,
     "The Min/Max value of DurationSeconds is 15min/the role's maximum."},
    {"InvalidParameter.PolicySize", 400, kGateway, "The size of Policy must be smaller than 2048 bytes."},
    {"InvalidParameter.PolicyGrammar", 400, kGateway, "The parameter Policy has not passed grammar check."},
    {"InvalidParameter.ExternalId", 400, kGateway, "The parameter ExternalId is wrongly formed."},
    {"EntityNotExist.Role", 404, kGateway, "The specified Role not exists."},
    {"AuthenticationFail.NoPermission", 401, kGateway,
     "This operation is not permitted by the trust policy."},
    {"AuthenticationFail.OIDCToken.Expired", 401, kGateway, "This OIDC token is expired."},
    {"AuthenticationFail.OIDCToken.Invalid", 401, kGateway, "This OIDC token is invalid."},
    {"AuthenticationFail.OIDCToken.InvalidSignature", 401, kGateway,
     "The signature of this OIDC token is invalid."},
    {"AuthenticationFail.OIDCToken.AudienceNotMatch", 401, kGateway,
     "The audience of this OIDC token does not match."},
    {"AuthenticationFail.OIDCToken.IssuerNotMatch", 401, kGateway,
     "The issuer of this OIDC token does not match."},
    {"MissingParameter", 400, kGateway, "A parameter is missing."},
};

const ErrorRow& RowFor(absl::string_view code) {
  static constexpr ErrorRow kUnknown = {"", 400, kGateway, "The request was refused."};
  for (const ErrorRow& row : kErrors) {
    if (row.code == code) return row;
  }
  return kUnknown;
}

// What of `error` is left open, filled in from its row.
ServiceError Complete(ServiceError error) {
  const ErrorRow& row = RowFor(error.code);
  if (error.message.empty()) error.message = row.message;
  if (error.status == 0) error.status = row.status;
  if (error.code == "StatusForbidden" && error.auth_action.empty()) {
    error.auth_action = "cs:DescribeClusterUserKubeconfig";
  }
  return error;
}

json AccessDeniedDetail(const ServiceError& error) {
  return {{"AuthAction", error.auth_action},
          {"AuthPrincipalOwnerId", "1000000000000001"},
          {"AuthPrincipalType", error.auth_principal_type.empty() ? "SubUser" : error.auth_principal_type},
          {"NoPermissionType", "ImplicitDeny"},
          {"PolicyType", "AccountLevelIdentityBasedPolicy"}};
}

json CsBody(const ServiceError& error, const HttpRequest& request) {
  json body = {{"code", error.code},
               {"message", error.message},
               {"requestId", request.request_id},
               {"status", error.status}};
  if (!error.auth_action.empty()) body["accessDeniedDetail"] = AccessDeniedDetail(error);
  return body;
}

json GatewayBody(const ServiceError& error, const HttpRequest& request) {
  json body = {{"RequestId", request.request_id},
               {"HostId", request.Header("host")},
               {"Code", error.code},
               {"Message", error.message},
               {"Recommend", "https://api.example.com/troubleshoot?q=" + error.code}};
  if (!error.auth_action.empty()) body["AccessDeniedDetail"] = AccessDeniedDetail(error);
  return body;
}

std::string XmlText(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
}

std::string XmlBody(const ServiceError& error, const HttpRequest& request) {
  return absl::StrCat("<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>", request.request_id,
                      "</RequestId><HostId>", XmlText(request.Header("host")), "</HostId><Code>",
                      XmlText(error.code), "</Code><Message>", XmlText(error.message), "</Message></Error>");
}

std::string HtmlBody(int status) {
  return absl::StrCat("<html>\r\n<head><title>", status, " Error</title></head>\r\n<body>\r\n<center><h1>",
                      status,
                      " Error</h1></center>\r\n<hr><center>sandbox proxy</center>\r\n</body>\r\n</html>\r\n");
}

}  // namespace

std::vector<std::string> KnownErrorCodes() {
  std::vector<std::string> codes;
  for (const ErrorRow& row : kErrors) codes.emplace_back(row.code);
  return codes;
}

HttpReply RenderError(const ServiceError& error, const HttpRequest& request) {
  const ServiceError full = Complete(error);
  const bool by_cs = RowFor(full.code).writer == ErrorWriter::kCs;
  HttpReply reply;
  reply.status = full.status;
  reply.body = (by_cs ? CsBody(full, request) : GatewayBody(full, request)).dump();
  return reply;
}

bool IsErrorFormat(absl::string_view format) {
  for (const char* known : {"json", "cs", "gateway", "xml", "html", "empty", "not_json", "text"}) {
    if (format == known) return true;
  }
  return false;
}

HttpReply RenderErrorAs(absl::string_view format, const ServiceError& error, const HttpRequest& request) {
  HttpReply reply = RenderError(error, request);
  const ServiceError full = Complete(error);
  if (format == "xml") {
    reply.content_type = "text/xml;charset=utf-8";
    reply.body = XmlBody(full, request);
  } else if (format == "html") {
    reply.content_type = "text/html";
    reply.body = HtmlBody(full.status);
  } else if (format == "empty") {
    reply.body.clear();
  } else if (format == "cs") {
    reply.body = CsBody(full, request).dump();
  } else if (format == "gateway") {
    reply.body = GatewayBody(full, request).dump();
  } else if (format == "not_json") {
    reply.body = reply.body.substr(0, reply.body.size() / 2);
  } else if (format == "text") {
    reply.content_type = "text/plain";
    reply.body = "upstream connect error or disconnect/reset before headers";
  }
  return reply;
}

}  // namespace sandbox
