#include "credential_provider/sources/aliyun/kept_session.h"

#include <utility>

#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/roles/key_owner.h"
#include "credential_provider/sources/roles/session_cache.h"

namespace credential_provider {

absl::Time EndOfKeptSession(JsonReader& fields) {
  return absl::FromUnixSeconds(fields.OptionalInteger("sts_expiration")) - kLeastSessionRemaining;
}

absl::optional<AccessKey> KeptSession(JsonReader fields, absl::Time now) {
  absl::StatusOr<AccessKey> session = ReadAccessKey(fields, kProfileKey, SecurityToken::kNeeded);
  const absl::Time end = absl::FromUnixSeconds(fields.OptionalInteger("sts_expiration"));
  if (!session.ok() || !fields.status().ok() || end - now < kLeastSessionRemaining) return absl::nullopt;
  session->expires = end;
  return *std::move(session);
}

std::string TextOfKeptSession(JsonReader fields) {
  CredentialKey text;
  for (const char* field : {"access_key_id", "access_key_secret", "sts_token"})
    text.Add(field, fields.OptionalString(field));
  return text.text();
}

absl::StatusOr<Identity> SignedInIdentity(
    const AliyunProfile& profile, const Place& place,
    std::function<absl::StatusOr<SignIn>(const NetworkContext&)> sign_in) {
  const auto kept_or_new = [fields = profile.fields, sign_in = std::move(sign_in)](
                               const NetworkContext& fetch) -> absl::StatusOr<SignIn> {
    absl::optional<AccessKey> kept = KeptSession(fields, fetch.clock.ServerNow());
    if (kept && !fetch.renew) return SignInWith(*std::move(kept));
    return sign_in(fetch);
  };
  absl::StatusOr<Identity> identity = IdentityAt(kAliyunProfileSource, place, kept_or_new, profile.resolve);
  if (!identity.ok()) return identity;
  identity->access_key = [get = identity->access_key, who = identity->who, resolved = identity->resolved,
                          fields = profile.fields](const NetworkContext& fetch) -> absl::StatusOr<AccessKey> {
    // The kept one is a part of the place, so it is the principal's without asking again.
    const absl::optional<AccessKey> kept = KeptSession(fields, fetch.clock.ServerNow());
    if (kept && !fetch.renew) return *kept;
    return resolved ? RememberedSession(who, fetch, [&] { return get(fetch); }) : get(fetch);
  };
  return identity;
}

}  // namespace credential_provider
