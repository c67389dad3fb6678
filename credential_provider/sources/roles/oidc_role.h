// A RAM role for an OIDC token: what RRSA, the CI source and the CLI's OIDC mode have in common.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_ROLE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_ROLE_H_

#include <string>

#include "credential_provider/alibaba_cloud/sts_role.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/sources/roles/oidc_token.h"

namespace credential_provider {

struct OidcRole {
  std::string provider_arn;
  RoleRequest role;
  OidcTokenLocation token;
  ServiceUrl sts;
};

// Returns the identity of `role`. Its session is remembered; a new one takes a new token.
Identity WithOidcRole(absl::string_view source, const OidcRole& role);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_OIDC_ROLE_H_
