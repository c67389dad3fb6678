#include "credential_provider/sources/aliyun/static_modes.h"

#include <utility>

#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/sources/aliyun/role_modes.h"
#include "credential_provider/sources/session_cache.h"
#include "credential_provider/sources/source_names.h"
#include "credential_provider/sources/static_key.h"

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

absl::optional<AccessKey> KeptSession(JsonReader fields, absl::Time now) {
  absl::StatusOr<AccessKey> session = ReadAccessKey(fields, kProfileKey, SecurityToken::kNeeded);
  const absl::Time end = absl::FromUnixSeconds(fields.OptionalInteger("sts_expiration"));
  if (!session.ok() || !fields.status().ok() || end - now < kLeastSessionRemaining) return absl::nullopt;
  session->expires = end;
  return *std::move(session);
}

}  // namespace credential_provider
