// The parameters that AssumeRole and AssumeRoleWithOIDC share, read and checked.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ROLE_REQUEST_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ROLE_REQUEST_H_

#include <string>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/signing/identities.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

struct RoleRequest {
  std::string error;  // the code of what is wrong, or ""
  const Role* role = nullptr;
  std::string session_name;
  absl::Duration duration;
  std::string policy;
};

// Reads RoleArn, RoleSessionName, DurationSeconds, Policy and ExternalId.
RoleRequest ReadRoleRequest(const NameValues& parameters, const Identities& identities);

// The object "Credentials" of STS's answers.
nlohmann::json CredentialsJson(const AccessKey& session);
// The object "AssumedRoleUser".
nlohmann::json AssumedRoleUserJson(const AccessKey& session);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ROLE_REQUEST_H_
