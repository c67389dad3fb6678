// Bearer tokens for clusters with the ack-ram-authenticator webhook: a GetCallerIdentity of STS, signed here
// and sent by the webhook. https://github.com/AliyunContainerService/ack-ram-authenticator
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACK_TOKEN_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACK_TOKEN_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// What the webhook accepts at most.
inline constexpr size_t kMaxAckTokenBytes = 4096;

// Returns the token ("k8s-ack-v2." and base64) with which `key` proves itself to `cluster_id`. STS takes it
// for 15 minutes from `now`, which is rounded down to seconds. Whoever holds it can be the caller for that
// long, towards this cluster only. FailedPrecondition when it is longer than the webhook accepts.
absl::StatusOr<Secret> MakeAckToken(const AccessKey& key, absl::string_view cluster_id,
                                    absl::string_view user_agent, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACK_TOKEN_H_
