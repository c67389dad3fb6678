#include "credential_provider/alibaba_cloud/service_error.h"

#include <algorithm>
#include <initializer_list>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_text.h"
#include "credential_provider/text/redact.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

// What the user can do about a code. The first row whose prefix fits counts.
struct Advice {
  const char* code_prefix;
  absl::StatusCode status;
  const char* hint;
};

constexpr Advice kAdvice[] = {
    {"ErrorClusterNotFound", absl::StatusCode::kNotFound,
     "check the cluster id and the region; the cluster must be visible to this identity"},
    {"ForbiddenQueryClusterNamespace", absl::StatusCode::kPermissionDenied,
     "RAM allows it but the cluster's RBAC does not: ask for a role in the cluster"},
    {"ErrorCheckAcl", absl::StatusCode::kPermissionDenied,
     "the access control of Container Service refused this identity or address: ask its administrator"},
    {"ErrorClusterState", absl::StatusCode::kFailedPrecondition, "try again when the cluster is running"},
    {"InvalidAccessKeyId.Inactive", absl::StatusCode::kUnauthenticated,
     "enable this AccessKey in the RAM console or use another"},
    {"InvalidAccessKeyId", absl::StatusCode::kUnauthenticated,
     "no such AccessKey: check the AccessKey id in use"},
    {"SignatureDoesNotMatch", absl::StatusCode::kUnauthenticated,
     "the AccessKey secret does not belong to the AccessKey id: check both"},
    {"IncompleteSignature", absl::StatusCode::kUnauthenticated,
     "the AccessKey secret does not belong to the AccessKey id: check both"},
    {"MissingSecurityToken", absl::StatusCode::kUnauthenticated,
     "the temporary AccessKey lacks its security token: set all three values of one session"},
    {"InvalidSecurityToken", absl::StatusCode::kUnauthenticated,
     "the temporary AccessKey has expired or its three values are of different sessions: get new ones"},
    {"InvalidParameter.RoleArn", absl::StatusCode::kInvalidArgument,
     "check the role's ARN: acs:ram::ACCOUNT:role/NAME"},
    {"InvalidParameter.RoleSessionName", absl::StatusCode::kInvalidArgument,
     "a role session's name has 2 to 64 letters, digits and . @ _ -"},
    {"InvalidParameter.DurationSeconds", absl::StatusCode::kInvalidArgument,
     "ask for a shorter role session, or raise the role's longest session in the RAM console"},
    {"InvalidParameter.Policy", absl::StatusCode::kInvalidArgument,
     "check the role session's policy: a RAM policy in JSON of at most 2048 characters"},
    {"InvalidParameter.ExternalId", absl::StatusCode::kInvalidArgument,
     "check the external id: 2 to 1224 letters, digits and . _ + = , @ : / -"},
    {"EntityNotExist.Role", absl::StatusCode::kNotFound,
     "no such role: check the account and the name in its ARN"},
    {"AuthenticationFail.NoPermission", absl::StatusCode::kPermissionDenied,
     "check in the RAM console that the OIDC provider is registered and that the role's trust policy admits "
     "this token's issuer, audience and subject"},
    {"AuthenticationFail.OIDCToken.Expired", absl::StatusCode::kUnauthenticated,
     "the OIDC token has expired: get a new one"},
    {"AuthenticationFail.OIDCToken.AudienceNotMatch", absl::StatusCode::kUnauthenticated,
     "ask for a token whose audience is a client id of the OIDC provider in RAM, usually sts.aliyuncs.com"},
    {"AuthenticationFail.OIDCToken.IssuerNotMatch", absl::StatusCode::kUnauthenticated,
     "the token comes from another issuer than the OIDC provider in RAM: check the provider's ARN"},
    {"AuthenticationFail.OIDCToken", absl::StatusCode::kUnauthenticated,
     "the OIDC provider in RAM cannot verify this token: check its issuer URL and its fingerprints"},
    {"AuthenticationFail", absl::StatusCode::kUnauthenticated, "sign in again"},
    {"InvalidParameter", absl::StatusCode::kInvalidArgument,
     "check the cluster id and the duration (15m to 72h)"},
    {"ParamInvalid", absl::StatusCode::kInvalidArgument,
     "check the cluster id and the duration (15m to 72h)"},
    {"Throttling", absl::StatusCode::kResourceExhausted, "too many calls from this account: try again later"},
    {"SignatureNonceUsed", absl::StatusCode::kUnavailable, "try again"},
};

constexpr char kServerSideHint[] =
    "try again later; give the request id to Alibaba Cloud's support if it stays";

// The RAM action of getting a certificate.
constexpr char kMintAction[] = "cs:DescribeClusterUserKubeconfig";

bool IsRamDenial(absl::string_view code) {
  return code == "StatusForbidden" || code == "Forbidden.RAM" || code == "Forbidden" ||
         code == "NoPermission";
}

// Returns the first of `names` that is a string in `object`.
std::string FirstString(const nlohmann::json& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return "";
}

void ReadJson(const nlohmann::json& body, ServiceError* error) {
  error->code = FirstString(body, {"Code", "code", "ErrorCode", "error"});
  error->message = FirstString(body, {"Message", "message", "ErrorMessage", "error_description"});
  error->request_id = FirstString(body, {"RequestId", "requestId", "request_id"});
  for (const char* name : {"AccessDeniedDetail", "accessDeniedDetail"}) {
    const auto detail = body.find(name);
    if (detail != body.end() && detail->is_object()) error->ram_action = FirstString(*detail, {"AuthAction"});
  }
}

// Returns the text of the first <tag> in `body`: error documents are flat, and only ever shown.
std::string XmlText(absl::string_view body, absl::string_view tag) {
  const size_t begin = body.find(absl::StrCat("<", tag, ">"));
  if (begin == absl::string_view::npos) return "";
  body.remove_prefix(begin + tag.size() + 2);
  const size_t end = body.find('<');
  return end == absl::string_view::npos ? "" : std::string(body.substr(0, end));
}

// Codes and ids are printed whole, so they must look like one.
std::string Identifier(absl::string_view text) {
  constexpr size_t kLongest = 80;
  constexpr char kCharacters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:";
  if (text.size() > kLongest || text.find_first_not_of(kCharacters) != absl::string_view::npos) return "";
  return std::string(text);
}

std::string RamHint(const ServiceError& error) {
  const std::string action = Identifier(error.ram_action);
  if (action.empty() && !error.denied_hint.empty()) return error.denied_hint;
  if (!action.empty() && action != kMintAction)
    return absl::StrCat("allow ", action, " in a RAM policy of this identity");
  return absl::StrCat("allow ", kMintAction,
                      " on this cluster in a RAM policy of this identity; if the policy has a condition on "
                      "cs:KubeConfigDurationMinutes, ask for that --duration");
}

std::string ClockHint(const HttpResponse& response, absl::Time now) {
  const absl::optional<absl::Time> server = ServerTime(response);
  if (!server) return "set this machine's clock: it is more than 15 minutes off";
  return absl::StrCat("set this machine's clock: it is ", DescribeClock(now - *server));
}

absl::StatusCode CodeForHttp(int http_status) {
  if (http_status == 401) return absl::StatusCode::kUnauthenticated;
  if (http_status == 403) return absl::StatusCode::kPermissionDenied;
  if (http_status == 404) return absl::StatusCode::kNotFound;
  if (http_status == 429) return absl::StatusCode::kResourceExhausted;
  return http_status >= 500 ? absl::StatusCode::kUnavailable : absl::StatusCode::kUnknown;
}

absl::Status Advise(const HttpResponse& response, const ServiceError& error, absl::string_view text,
                    absl::Time now) {
  if (IsRamDenial(error.code)) return WithHint(absl::PermissionDeniedError(text), RamHint(error));
  if (absl::StartsWith(error.code, "InvalidTimeStamp")) {
    return WithHint(absl::FailedPreconditionError(text), ClockHint(response, now));
  }
  for (const Advice& advice : kAdvice) {
    if (absl::StartsWith(error.code, advice.code_prefix))
      return WithHint(absl::Status(advice.status, text), advice.hint);
  }
  absl::Status plain(CodeForHttp(response.status), text);
  if (response.status >= 500) return WithHint(plain, kServerSideHint);
  if (error.code.empty())
    return WithHint(plain, "no answer of Alibaba Cloud's: check the endpoint and HTTPS_PROXY");
  return plain;
}

}  // namespace

ServiceError ParseServiceError(const HttpResponse& response) {
  ServiceError error;
  error.http_status = response.status;
  const nlohmann::json body = ParseJson(response.body);
  if (body.is_object()) {
    ReadJson(body, &error);
  } else if (absl::StrContains(response.body, "<Error>")) {
    error.code = XmlText(response.body, "Code");
    error.message = XmlText(response.body, "Message");
    error.request_id = XmlText(response.body, "RequestId");
  }
  if (error.request_id.empty()) {
    const auto header = response.headers.find("x-acs-request-id");
    if (header != response.headers.end()) error.request_id = header->second;
  }
  return error;
}

bool IsRetryable(const HttpResponse& response, const ServiceError& error) {
  return response.status >= 500 || absl::StartsWith(error.code, "Throttling") ||
         error.code == "SignatureNonceUsed" || error.code == "ServiceUnavailable" ||
         error.code == "InternalError" || RetryAfter(response) > absl::ZeroDuration();
}

absl::Duration RetryAfter(const HttpResponse& response) {
  const auto header = response.headers.find("x-acs-retry-after");
  int64_t milliseconds = 0;
  if (header == response.headers.end() || !absl::SimpleAtoi(header->second, &milliseconds))
    return absl::ZeroDuration();
  return absl::Milliseconds(std::max<int64_t>(milliseconds, 0));
}

absl::optional<absl::Time> ServerTime(const HttpResponse& response) {
  absl::Time server;
  const auto date = response.headers.find("date");
  if (date == response.headers.end() ||
      !absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", date->second, &server, nullptr)) {
    return absl::nullopt;
  }
  return server;
}

std::string DescribeClock(absl::Duration ahead) {
  return absl::StrCat(absl::FormatDuration(absl::Trunc(absl::AbsDuration(ahead), absl::Minutes(1))),
                      ahead < absl::ZeroDuration() ? " behind" : " ahead of", " the server's");
}

absl::Status ToStatus(const HttpResponse& response, const ServiceError& error, const AccessKey& key,
                      absl::Time now) {
  const Secret* const secrets[] = {&key.secret, &key.security_token};
  const std::string code = Redact(Identifier(error.code), secrets);
  const std::string message = Redact(error.message, secrets);
  const std::string request_id = Redact(Identifier(error.request_id), secrets);
  std::string text = code.empty() ? "no error code in the answer" : code;
  if (!message.empty()) absl::StrAppend(&text, ": ", message);
  absl::StrAppend(&text, " (HTTP ", response.status);
  if (!request_id.empty()) absl::StrAppend(&text, ", request id ", request_id);
  ServiceError advised = error;  // the hint names the action
  advised.ram_action = Redact(error.ram_action, secrets);
  return Advise(response, advised, absl::StrCat(text, ")"), now);
}

}  // namespace credential_provider
