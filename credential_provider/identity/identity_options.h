// What the user says about who asks. sources/identity_flags parses and formats it.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_OPTIONS_H_
#define CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/sts_role.h"

namespace credential_provider {

struct IdentityOptions {
  std::string identity;           // the name of the one source to ask; "" for all, in their order
  std::string profile;            // of config.json and the credentials file; "" for the current one
  std::string role_arn;           // a role to take on; several, with commas, one from the other; "" for none
  std::string role_session_name;  // "" for the default
  std::string role_external_id;   // for the last role
  std::string role_policy;        // for the last role
  absl::Duration role_duration = kDefaultRoleDuration;  // of the last role's session
  std::string oidc_provider_arn;  // "" for that of the environment; these three only with the identity "oidc"
  std::string oidc_token_file;
  std::string oidc_token_env;  // the name of the variable that holds the token
  std::string region;  // of --region, which belongs to other options too: whose STS is asked for a role
};

// Returns the roles of `options`, in the order in which they are taken on.
std::vector<RoleRequest> RolesOf(const IdentityOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_OPTIONS_H_
