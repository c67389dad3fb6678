#include "credential_provider/identity/identity_options.h"

#include <utility>

#include "absl/strings/str_split.h"

namespace credential_provider {

std::vector<RoleRequest> RolesOf(const IdentityOptions& options) {
  std::vector<RoleRequest> roles;
  if (options.role_arn.empty()) return roles;
  for (const absl::string_view arn : absl::StrSplit(options.role_arn, ',')) {
    RoleRequest role;
    role.role_arn = std::string(arn);
    if (!options.role_session_name.empty()) role.session_name = options.role_session_name;
    roles.push_back(std::move(role));
  }
  roles.back().duration = options.role_duration;
  roles.back().policy = options.role_policy;
  roles.back().external_id = options.role_external_id;
  return roles;
}

}  // namespace credential_provider
