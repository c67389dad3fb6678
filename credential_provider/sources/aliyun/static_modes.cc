#include "credential_provider/sources/aliyun/static_modes.h"

#include <utility>

#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/identity/static_key.h"
#include "credential_provider/sources/aliyun/role_modes.h"

namespace credential_provider {
namespace {

absl::Status NotConfigured() { return absl::NotFoundError("not configured yet"); }

bool HasKey(JsonReader fields) {
  return !fields.OptionalString("access_key_id").empty() ||
         !fields.OptionalString("access_key_secret").empty() || !fields.status().ok();
}

}  // namespace

absl::StatusOr<Identity> AkMode(AliyunProfile& profile) {
  if (!HasKey(profile.fields)) return NotConfigured();
  absl::StatusOr<AccessKey> key = ReadAccessKey(profile.fields, kProfileKey, SecurityToken::kNone);
  if (!key.ok()) return key.status();
  return StaticKey(kAliyunProfileSource, *std::move(key));
}

absl::StatusOr<Identity> StsTokenMode(AliyunProfile& profile) {
  absl::StatusOr<AccessKey> key = ReadAccessKey(profile.fields, kProfileKey, SecurityToken::kNeeded);
  if (!key.ok()) return key.status();
  return StaticKey(kAliyunProfileSource, *std::move(key));
}

absl::StatusOr<Identity> ModeOfOldFiles(AliyunProfile& profile) {
  if (!HasKey(profile.fields)) return NotConfigured();
  if (!profile.fields.OptionalString("sts_token").empty()) return StsTokenMode(profile);
  if (!profile.fields.OptionalString("ram_role_arn").empty()) return RamRoleArnMode(profile);
  return AkMode(profile);
}

}  // namespace credential_provider
