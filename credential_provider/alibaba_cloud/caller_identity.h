// GetCallerIdentity of the Security Token Service: who a key belongs to. It needs no permission.
// https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CALLER_IDENTITY_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CALLER_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"

namespace credential_provider {

struct CallerIdentity {
  std::string type;  // "Account", "RAMUser" or "AssumedRoleUser"
  std::string arn;   // "acs:ram::1000000000000001:user/alice"
  std::string account_id;
  std::string principal_id;  // the user's id, or "<role id>:<session>"
};

// Asks `sts`, a client of the STS endpoint, whose `key` is. Errors are those of AcsClient::Call.
absl::StatusOr<CallerIdentity> GetCallerIdentity(AcsClient& sts, const AccessKey& key);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CALLER_IDENTITY_H_
