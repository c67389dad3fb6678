#include "credential_provider/sources/oidc_environment_source.h"

#include <utility>

#include "credential_provider/alibaba_cloud/sts_role.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/roles/oidc_role.h"
#include "credential_provider/sources/roles/role_variables.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

absl::Status CheckVariables(const OidcRole& role) {
  absl::Status valid = WithContext(CheckRoleArn(role.role.role_arn), "ALIBABA_CLOUD_ROLE_ARN");
  if (valid.ok()) {
    valid = WithContext(CheckRoleSessionName(role.role.session_name), "ALIBABA_CLOUD_ROLE_SESSION_NAME");
  }
  if (!valid.ok()) return valid;
  return VisibleText({"ALIBABA_CLOUD_OIDC_PROVIDER_ARN", role.provider_arn}).status();
}

}  // namespace

absl::StatusOr<Identity> FindInOidcEnvironment(const IdentityOptions& options,
                                               const Environment& environment) {
  OidcRole role;
  role.role.role_arn = RoleVariable(environment, "ROLE_ARN");
  role.provider_arn = RoleVariable(environment, "OIDC_PROVIDER_ARN");
  const std::string file = RoleVariable(environment, "OIDC_TOKEN_FILE");
  if (role.role.role_arn.empty() || role.provider_arn.empty() || file.empty()) {
    return absl::NotFoundError(
        "ALIBABA_CLOUD_ROLE_ARN, _OIDC_PROVIDER_ARN and _OIDC_TOKEN_FILE are not all set");
  }
  const std::string session = RoleVariable(environment, "ROLE_SESSION_NAME");
  if (!session.empty()) role.role.session_name = session;
  absl::Status valid = CheckVariables(role);
  if (!valid.ok()) return valid;
  absl::StatusOr<OidcTokenLocation> token = TokenInFile(file);
  if (!token.ok()) return token.status();
  role.token = *std::move(token);
  absl::StatusOr<ServiceUrl> sts = FindSts(environment, {{}, options.region});
  if (!sts.ok()) return sts.status();
  role.sts = *std::move(sts);
  return WithOidcRole(kOidcEnvironmentSource, role);
}

}  // namespace credential_provider
