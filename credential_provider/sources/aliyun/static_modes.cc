#include "credential_provider/sources/aliyun/static_modes.h"

#include <utility>

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
  AccessKey key;
  key.id = profile.fields.NonEmptyString("access_key_id");
  key.secret = Secret(profile.fields.NonEmptyString("access_key_secret"));
  if (!profile.fields.status().ok()) return profile.fields.status();
  return StaticKey(kAliyunProfileSource, std::move(key));
}

absl::StatusOr<Identity> StsTokenMode(AliyunProfile& profile) {
  AccessKey key;
  key.id = profile.fields.NonEmptyString("access_key_id");
  key.secret = Secret(profile.fields.NonEmptyString("access_key_secret"));
  key.security_token = Secret(profile.fields.NonEmptyString("sts_token"));
  if (!profile.fields.status().ok()) return profile.fields.status();
  return StaticKey(kAliyunProfileSource, std::move(key));
}

absl::StatusOr<Identity> ModeOfOldFiles(AliyunProfile& profile) {
  if (!HasKey(profile.fields)) return NotConfigured();
  if (!profile.fields.OptionalString("sts_token").empty()) return StsTokenMode(profile);
  if (!profile.fields.OptionalString("ram_role_arn").empty()) return RamRoleArnMode(profile);
  return AkMode(profile);
}

absl::optional<AccessKey> KeptSession(JsonReader fields, absl::Time now) {
  AccessKey session;
  session.id = fields.NonEmptyString("access_key_id");
  session.secret = Secret(fields.NonEmptyString("access_key_secret"));
  session.security_token = Secret(fields.NonEmptyString("sts_token"));
  session.expires = absl::FromUnixSeconds(fields.OptionalInteger("sts_expiration"));
  if (!fields.status().ok() || session.expires - now < kLeastSessionRemaining) return absl::nullopt;
  return session;
}

}  // namespace credential_provider
