#include "credential_provider/sources/oidc_role.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/sources/session_cache.h"
#include "credential_provider/sources/who.h"

namespace credential_provider {

Identity WithOidcRole(absl::string_view source, const OidcRole& role) {
  Who who;
  who.Add("oidc-provider", role.provider_arn);
  AddTokenOwner(role.token, &who);
  who.Add("role", role.role.role_arn)
      .Add("session", role.role.session_name)
      .Add("policy", role.role.policy)
      .Add("seconds", absl::StrCat(absl::ToInt64Seconds(role.role.duration)))
      .Add("sts", role.sts.authority);
  Identity identity;
  identity.source = std::string(source);
  identity.who = who.text();
  identity.proof = [token = role.token] { return TokenProof(token); };
  identity.access_key = [role, text = who.text()](const KeyFetch& fetch) {
    return RememberedSession(text, fetch, [&]() -> absl::StatusOr<AccessKey> {
      absl::StatusOr<Secret> token = ReadOidcToken(role.token, fetch);
      if (!token.ok()) return token.status();
      AcsClient client(role.sts, fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
      return AssumeRoleWithOidc(client, role.provider_arn, *token, role.role);
    });
  };
  return identity;
}

}  // namespace credential_provider
