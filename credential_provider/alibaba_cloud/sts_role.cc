#include "credential_provider/alibaba_cloud/sts_role.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {
namespace {

constexpr char kVersion[] = "2015-04-01";
constexpr char kDeniedHint[] =
    "a RAM policy of this identity must allow sts:AssumeRole on the role, and the role's trust policy must "
    "admit this identity and its external id; an account's root user cannot assume roles";

AcsCall RoleCall(const char* action, const RoleRequest& request) {
  AcsCall call{action, kVersion, "POST"};
  call.form = {{"RoleArn", request.role_arn},
               {"RoleSessionName", request.session_name},
               {"DurationSeconds", absl::StrCat(absl::ToInt64Seconds(request.duration))}};
  if (!request.policy.empty()) call.form["Policy"] = request.policy;
  call.denied_hint = kDeniedHint;
  return call;
}

absl::StatusOr<AccessKey> ParseReply(const absl::StatusOr<std::string>& body, const AcsCall& call) {
  if (!body.ok()) return WithContext(body.status(), absl::StrCat("role ", call.form.at("RoleArn")));
  JsonReader reply(*body, absl::StrCat(call.action, " reply"));
  return ReadSession(reply.Object("Credentials"));
}

}  // namespace

absl::Status CheckRoleArn(absl::string_view text) {
  constexpr absl::string_view kPrefix = "acs:ram::";
  constexpr absl::string_view kRole = ":role/";
  const size_t role = text.find(kRole);
  const bool valid =
      absl::StartsWith(text, kPrefix) && role != absl::string_view::npos && role > kPrefix.size() &&
      role + kRole.size() < text.size() &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/._-") ==
          absl::string_view::npos;
  return valid ? absl::OkStatus() : absl::InvalidArgumentError("not of the form acs:ram::ACCOUNT:role/NAME");
}

absl::Status CheckRoleSessionName(absl::string_view text) {
  constexpr size_t kShortest = 2;
  constexpr size_t kLongest = 64;
  const bool valid =
      text.size() >= kShortest && text.size() <= kLongest &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_-") ==
          absl::string_view::npos;
  return valid ? absl::OkStatus()
               : absl::InvalidArgumentError("not 2 to 64 letters, digits and . @ _ - (a session's name)");
}

absl::Status CheckRoleDuration(absl::Duration duration) {
  if (duration < kShortestRoleDuration || duration > kLongestRoleDuration)
    return absl::InvalidArgumentError("not between 15m and 12h");
  return duration == absl::Trunc(duration, absl::Seconds(1))
             ? absl::OkStatus()
             : absl::InvalidArgumentError("not whole seconds");
}

absl::StatusOr<AccessKey> AssumeRole(AcsClient& sts, const AccessKey& key, const RoleRequest& request) {
  AcsCall call = RoleCall("AssumeRole", request);
  if (!request.external_id.empty()) call.form["ExternalId"] = request.external_id;
  return ParseReply(sts.Call(call, key), call);
}

absl::StatusOr<AccessKey> AssumeRoleWithOidc(AcsClient& sts, absl::string_view provider_arn,
                                             const Secret& token, const RoleRequest& request) {
  AcsCall call = RoleCall("AssumeRoleWithOIDC", request);
  call.form["OIDCProviderArn"] = std::string(provider_arn);
  call.form["OIDCToken"] = token.Reveal();
  return ParseReply(sts.CallUnsigned(call, token), call);
}

}  // namespace credential_provider
