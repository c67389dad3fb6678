// Errors of Alibaba Cloud's OpenAPI, as its several writers spell them.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-errorcodes
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_SERVICE_ERROR_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_SERVICE_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

struct ServiceError {
  int http_status = 0;
  std::string code;         // "StatusForbidden"; "" when the body holds none
  std::string message;      // as the server wrote it: may hold anything, also an echo of the request
  std::string request_id;   // what Alibaba Cloud's support asks for
  std::string ram_action;   // the action that RAM denied, when the server names it
  std::string denied_hint;  // the hint for a denial that names no action; "" for that of Container Service
};

// Reads the error that `response` is. The body may be JSON in either spelling, XML, HTML or empty.
ServiceError ParseServiceError(const HttpResponse& response);

// Tells whether the same call, signed anew, may succeed in a moment: throttling, a reused nonce, the server's
// own failures.
bool IsRetryable(const HttpResponse& response, const ServiceError& error);

// Returns how long the server asks to wait (x-acs-retry-after), zero when it does not.
absl::Duration RetryAfter(const HttpResponse& response);

// Returns the server's time, from the Date header; nullopt when there is none.
absl::optional<absl::Time> ServerTime(const HttpResponse& response);

// Returns, in words, where a clock stands that is `ahead` of the server's: "3h4m ahead of the server's".
std::string DescribeClock(absl::Duration ahead);

// Returns the error for the user: "CODE: message (HTTP 403, request id …)" with a hint where there is
// something to do. Nothing of `key` but its id, and nothing that looks like key material, gets into it. `now`
// and the response's Date header tell how far the clock is off.
absl::Status ToStatus(const HttpResponse& response, const ServiceError& error, const AccessKey& key,
                      absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_SERVICE_ERROR_H_
