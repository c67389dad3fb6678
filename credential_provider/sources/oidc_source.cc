#include "credential_provider/sources/oidc_source.h"

#include <utility>
#include <vector>

#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/roles/assume_role.h"
#include "credential_provider/sources/roles/oidc_role.h"
#include "credential_provider/sources/roles/role_variables.h"
#include "credential_provider/sources/roles/sts_place.h"

namespace credential_provider {
namespace {

absl::StatusOr<OidcTokenLocation> FindToken(const IdentityOptions& options, const Environment& environment) {
  if (!options.oidc_token_file.empty()) return TokenInFile(options.oidc_token_file);
  if (!options.oidc_token_env.empty()) return TokenInVariable(options.oidc_token_env, environment);
  if (IsOnGitHubActions(environment)) return TokenFromGitHubActions(environment);
  const std::string file = RoleVariable(environment, "OIDC_TOKEN_FILE");
  if (!file.empty()) return TokenInFile(file);
  return WithHint(absl::FailedPreconditionError("no OIDC token"),
                  "give --oidc-token-file or --oidc-token-env; in GitHub Actions, give the job "
                  "\"permissions: id-token: write\"");
}

// Returns the roles to take on: those of the flags, or the one of the environment with the flags' details.
absl::StatusOr<std::vector<RoleRequest>> FindRoles(IdentityOptions options, const Environment& environment) {
  if (options.role_arn.empty()) options.role_arn = RoleVariable(environment, "ROLE_ARN");
  if (options.role_session_name.empty())
    options.role_session_name = RoleVariable(environment, "ROLE_SESSION_NAME");
  if (options.role_arn.empty())
    return WithHint(absl::FailedPreconditionError("no role to take on"), "give --role-arn");
  return RolesOf(options);
}

}  // namespace

absl::StatusOr<Identity> FindOidc(const IdentityOptions& options, const Environment& environment) {
  absl::StatusOr<std::vector<RoleRequest>> roles = FindRoles(options, environment);
  if (!roles.ok()) return roles.status();
  OidcRole oidc;
  oidc.role = roles->front();
  oidc.provider_arn = options.oidc_provider_arn.empty() ? RoleVariable(environment, "OIDC_PROVIDER_ARN")
                                                        : options.oidc_provider_arn;
  if (oidc.provider_arn.empty())
    return WithHint(absl::FailedPreconditionError("no OIDC provider"), "give --oidc-provider-arn");
  absl::StatusOr<OidcTokenLocation> token = FindToken(options, environment);
  if (!token.ok()) return token.status();
  oidc.token = *std::move(token);
  absl::StatusOr<ServiceUrl> sts = FindSts(environment, {{}, options.region});
  if (!sts.ok()) return sts.status();
  oidc.sts = *sts;
  Identity identity = WithOidcRole(kOidcSource, oidc);
  for (size_t i = 1; i < roles->size(); ++i) identity = WithRole(std::move(identity), (*roles)[i], *sts);
  return identity;
}

}  // namespace credential_provider
