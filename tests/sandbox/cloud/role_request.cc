#include "tests/sandbox/cloud/role_request.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/wire/json_fields.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

constexpr size_t kLongestPolicy = 2048;

bool IsSessionName(absl::string_view name) {
  return name.size() >= 2 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains(".@_-", c);
         });
}

// Returns the code of what is wrong with the policy, or "".
std::string PolicyFault(const NameValues& parameters) {
  if (!Contains(parameters, "Policy")) return "";
  const std::string policy = ValueOf(parameters, "Policy");
  if (policy.empty() || policy.size() > kLongestPolicy) return "InvalidParameter.PolicySize";
  return ParseObject(policy) ? "" : "InvalidParameter.PolicyGrammar";
}

bool ReadDuration(const NameValues& parameters, const Role& role, absl::Duration* duration) {
  int seconds = 3600;
  if (Contains(parameters, "DurationSeconds") &&
      !absl::SimpleAtoi(ValueOf(parameters, "DurationSeconds"), &seconds)) {
    return false;
  }
  *duration = absl::Seconds(seconds);
  return *duration >= absl::Minutes(15) && *duration <= role.longest_session;
}

// Returns the code of what is wrong with `request`, filling it as far as it goes; or "".
std::string Fill(const NameValues& parameters, const Identities& identities, RoleRequest* request) {
  const std::string arn = ValueOf(parameters, "RoleArn");
  if (arn.empty()) return "MissingParameter.RoleArn";
  if (!absl::StartsWith(arn, "acs:ram::") || !absl::StrContains(arn, ":role/"))
    return "InvalidParameter.RoleArn";
  request->session_name = ValueOf(parameters, "RoleSessionName");
  if (request->session_name.empty()) return "MissingParameter.RoleSessionName";
  if (!IsSessionName(request->session_name)) return "InvalidParameter.RoleSessionName";
  request->role = identities.FindRole(arn);
  if (request->role == nullptr) return "EntityNotExist.Role";
  if (!ReadDuration(parameters, *request->role, &request->duration))
    return "InvalidParameter.DurationSeconds";
  if (ValueOf(parameters, "ExternalId") != request->role->external_id &&
      !request->role->external_id.empty()) {
    return "NoPermission";
  }
  request->policy = ValueOf(parameters, "Policy");
  return PolicyFault(parameters);
}

}  // namespace

RoleRequest ReadRoleRequest(const NameValues& parameters, const Identities& identities) {
  RoleRequest request;
  request.error = Fill(parameters, identities, &request);
  return request;
}

nlohmann::json CredentialsJson(const AccessKey& session) {
  return {{"AccessKeyId", session.id},
          {"AccessKeySecret", session.secret},
          {"SecurityToken", session.security_token},
          {"Expiration", FormatRfc3339(session.expires)}};
}

nlohmann::json AssumedRoleUserJson(const AccessKey& session) {
  const Principal& who = session.principal;
  return {{"Arn", absl::StrCat(who.MappedArn(), "/", who.session)}, {"AssumedRoleId", who.PrincipalId()}};
}

}  // namespace sandbox
