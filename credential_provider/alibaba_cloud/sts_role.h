// Taking on a RAM role: AssumeRole and AssumeRoleWithOIDC of the Security Token Service.
// https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_ROLE_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_ROLE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// The session's name when the user gives none: it shows in the audit trail of the account.
constexpr char kDefaultRoleSessionName[] = "credential_provider";
constexpr absl::Duration kDefaultRoleDuration = absl::Hours(1);
constexpr absl::Duration kShortestRoleDuration = absl::Minutes(15);
constexpr absl::Duration kLongestRoleDuration = absl::Hours(12);

struct RoleRequest {
  std::string role_arn;
  std::string session_name = kDefaultRoleSessionName;
  absl::Duration duration = kDefaultRoleDuration;  // whole seconds
  std::string policy = "";                         // narrows what the session may do; "" for none
  std::string external_id = "";                    // what the role's trust policy asks for; "" for none
};

// InvalidArgument when `text` cannot be what its name says. The message does not name it.
absl::Status CheckRoleArn(absl::string_view text);
absl::Status CheckRoleSessionName(absl::string_view text);
absl::Status CheckRoleDuration(absl::Duration duration);

// Takes on the role as the owner of `key`, which may itself be a session of another role.
absl::StatusOr<AccessKey> AssumeRole(AcsClient& sts, const AccessKey& key, const RoleRequest& request);

// Takes on the role with a token of an OIDC provider that is registered with RAM. Not signed; the token
// travels in the body and never in the URL. `request.external_id` does not apply.
absl::StatusOr<AccessKey> AssumeRoleWithOidc(AcsClient& sts, absl::string_view provider_arn,
                                             const Secret& token, const RoleRequest& request);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_STS_ROLE_H_
