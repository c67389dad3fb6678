#include "credential_provider/sources/roles/oidc_role.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/sources/roles/session_cache.h"

namespace credential_provider {
namespace {

std::string OwnerOf(const OidcTokenLocation& token) {
  IdentityText who;
  AddTokenOwner(token, &who);
  return who.text();
}

// Returns the token, when it is still that of `owner`: its file may be another's since this run has begun.
absl::StatusOr<Secret> ReadTokenOf(absl::string_view owner, const OidcTokenLocation& place,
                                   const NetworkContext& fetch) {
  absl::StatusOr<Secret> token = ReadOidcToken(place, fetch);
  if (!token.ok() || place.kind != OidcTokenLocation::Kind::kFile) return token;
  const OidcTokenLocation read = {OidcTokenLocation::Kind::kVariable, place.name, *token};
  if (OwnerOf(read) != owner) return PlaceChanged(absl::StrCat("OIDC token file: ", Printable(place.name)));
  return token;
}

}  // namespace

Identity WithOidcRole(absl::string_view source, const OidcRole& role) {
  IdentityText who;
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
  identity.access_key = [role, owner = OwnerOf(role.token), text = who.text()](const NetworkContext& fetch) {
    return RememberedSession(text, fetch, [&]() -> absl::StatusOr<AccessKey> {
      absl::StatusOr<Secret> token = ReadTokenOf(owner, role.token, fetch);
      if (!token.ok()) return token.status();
      AcsClient client(role.sts, fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
      return AssumeRoleWithOidc(client, role.provider_arn, *token, role.role);
    });
  };
  return identity;
}

}  // namespace credential_provider
