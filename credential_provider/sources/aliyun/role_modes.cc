#include "credential_provider/sources/aliyun/role_modes.h"

#include <utility>

#include "absl/strings/match.h"
#include "credential_provider/alibaba_cloud/sts_role.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/identity/static_key.h"
#include "credential_provider/sources/roles/assume_role.h"
#include "credential_provider/sources/roles/instance_role_source.h"
#include "credential_provider/sources/roles/oidc_role.h"
#include "credential_provider/sources/roles/role_variables.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

// What a profile leaves open the aliyun CLI and the SDKs take from the environment.
std::string FieldOrVariable(AliyunProfile& profile, const char* field, const char* variable) {
  std::string value = profile.fields.OptionalString(field);
  if (!value.empty()) return value;
  const std::string in_environment = RoleVariable(profile.environment, variable);
  return in_environment.empty() ? profile.fields.NonEmptyString(field) : in_environment;
}

absl::StatusOr<RoleRequest> ReadRole(AliyunProfile& profile) {
  JsonReader& in = profile.fields;
  RoleRequest role;
  role.role_arn = FieldOrVariable(profile, "ram_role_arn", "ROLE_ARN");
  std::string session = in.OptionalString("ram_session_name");
  if (session.empty()) session = RoleVariable(profile.environment, "ROLE_SESSION_NAME");
  if (!session.empty()) role.session_name = session;
  const int64_t seconds = in.OptionalInteger("expired_seconds");
  if (seconds != 0) role.duration = absl::Seconds(seconds);
  role.policy = in.OptionalString("policy");
  role.external_id = in.OptionalString("external_id");
  if (role.external_id.empty()) role.external_id = RoleVariable(profile.environment, "EXTERNAL_ID");
  if (!in.status().ok()) return in.status();
  const std::pair<const char*, absl::Status> checks[] = {
      {"field \"ram_role_arn\"", CheckRoleArn(role.role_arn)},
      {"field \"ram_session_name\"", CheckRoleSessionName(role.session_name)},
      {"field \"expired_seconds\"", CheckRoleDuration(role.duration)},
  };
  for (const auto& [field, valid] : checks) {
    if (!valid.ok()) return WithContext(valid, field);
  }
  return role;
}

absl::StatusOr<ServiceUrl> ReadSts(AliyunProfile& profile) {
  JsonReader& in = profile.fields;
  const StsEndpointOptions place{
      in.OptionalString("sts_endpoint"), in.OptionalString("sts_region"),
      in.OptionalBool("enable_vpc") || absl::EqualsIgnoreCase(in.OptionalString("endpoint_type"), "vpc")};
  const std::string own_region = in.OptionalString("region_id");
  if (!in.status().ok()) return in.status();
  absl::StatusOr<ServiceUrl> sts = FindSts(profile.environment, {place, profile.given_region, own_region});
  if (!sts.ok() && (!place.url.empty() || !place.region.empty())) {
    return WithContext(sts.status(), place.url.empty() ? "field \"sts_region\"" : "field \"sts_endpoint\"");
  }
  return sts;
}

// Returns the identity of the profile's role on top of `base`.
absl::StatusOr<Identity> OnTop(absl::StatusOr<Identity> base, AliyunProfile& profile) {
  if (!base.ok()) return base;
  absl::StatusOr<RoleRequest> role = ReadRole(profile);
  if (!role.ok()) return role.status();
  absl::StatusOr<ServiceUrl> sts = ReadSts(profile);
  if (!sts.ok()) return sts.status();
  return WithRole(*std::move(base), *role, *sts);
}

}  // namespace

absl::StatusOr<Identity> RamRoleArnMode(AliyunProfile& profile) {
  absl::StatusOr<AccessKey> key = ReadAccessKey(profile.fields, kProfileKey, SecurityToken::kOptional);
  if (!key.ok()) return key.status();
  return OnTop(StaticKey(kAliyunProfileSource, *std::move(key)), profile);
}

absl::StatusOr<Identity> RamRoleArnWithRoleNameMode(AliyunProfile& profile) {
  constexpr char kRole[] = "ram_role_name";
  const absl::StatusOr<std::string> role =
      VisibleText({profile.fields.Place(kRole), profile.fields.OptionalString(kRole)});
  if (!role.ok()) return role.status();
  return OnTop(InstanceRole(kAliyunProfileSource, *role, profile.environment, profile.resolve), profile);
}

absl::StatusOr<Identity> ChainableRamRoleArnMode(AliyunProfile& profile) {
  const std::string source = profile.fields.NonEmptyString("source_profile");
  if (!profile.fields.status().ok()) return profile.fields.status();
  return OnTop(profile.other(source), profile);
}

absl::StatusOr<Identity> OidcMode(AliyunProfile& profile) {
  OidcRole oidc;
  oidc.provider_arn = FieldOrVariable(profile, "oidc_provider_arn", "OIDC_PROVIDER_ARN");
  const std::string file = FieldOrVariable(profile, "oidc_token_file", "OIDC_TOKEN_FILE");
  absl::StatusOr<RoleRequest> role = ReadRole(profile);
  if (!role.ok()) return role.status();
  oidc.role = *std::move(role);
  absl::StatusOr<OidcTokenLocation> token = TokenInFile(file);
  if (!token.ok()) return token.status();
  oidc.token = *std::move(token);
  absl::StatusOr<ServiceUrl> sts = ReadSts(profile);
  if (!sts.ok()) return sts.status();
  oidc.sts = *std::move(sts);
  return WithOidcRole(kAliyunProfileSource, oidc);
}

}  // namespace credential_provider
