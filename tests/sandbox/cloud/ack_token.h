// Bearer tokens of ack-ram-authenticator ("k8s-ack-v2."), taken apart as its webhook does.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ACK_TOKEN_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ACK_TOKEN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// The request to STS that a token stands for.
struct ReplayedRequest {
  std::string cluster_id;
  HttpRequest request;
};

// Returns the request that the webhook would send for `token`: of its headers and query only what the webhook
// forwards. Nothing when the prefix, the size, the base64 or the JSON is wrong.
absl::optional<ReplayedRequest> ParseAckToken(absl::string_view token);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_ACK_TOKEN_H_
