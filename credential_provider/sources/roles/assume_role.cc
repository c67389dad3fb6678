#include "credential_provider/sources/roles/assume_role.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/sources/roles/session_cache.h"

namespace credential_provider {

Identity WithRole(Identity base, const RoleRequest& role, const ServiceUrl& sts) {
  Identity identity;
  identity.source = base.source;
  identity.region = base.region;
  identity.proof = base.proof;
  identity.endpoint = base.endpoint;
  identity.vpc_from = base.vpc_from;
  identity.sts = base.sts;
  identity.resolved = base.resolved;
  identity.who = IdentityText(base.who)
                     .Add("role", role.role_arn)
                     .Add("session", role.session_name)
                     .Add("external-id", role.external_id)
                     .Add("policy", role.policy)
                     .Add("seconds", absl::StrCat(absl::ToInt64Seconds(role.duration)))
                     .Add("sts", sts.authority)
                     .text();
  identity.access_key = [base = std::move(base), role, sts,
                         who = identity.who](const NetworkContext& fetch) -> absl::StatusOr<AccessKey> {
    return RememberedSession(who, fetch, [&]() -> absl::StatusOr<AccessKey> {
      absl::StatusOr<AccessKey> key = base.access_key(fetch);
      if (!key.ok()) return key;
      AcsClient client(sts, fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
      return AssumeRole(client, *key, role);
    });
  };
  return identity;
}

}  // namespace credential_provider
