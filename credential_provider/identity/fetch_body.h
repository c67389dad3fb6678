// One exchange with a service that is not signed OpenAPI: a sign-in service, the metadata service, a URI.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_FETCH_BODY_H_
#define CREDENTIAL_PROVIDER_IDENTITY_FETCH_BODY_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/identity/identity.h"

namespace credential_provider {

// Sends `request` once, within the time limit of `fetch`, and returns the body of a 200 answer. Other answers
// are errors with code, message and request id when the body holds them, and with a hint when the code is one
// of Alibaba Cloud's; `secret` and the values of the URL's query are kept out of those. Never sent twice: a
// refresh token works once.
absl::StatusOr<std::string> FetchBody(HttpRequest request, const Secret& secret, const NetworkContext& fetch);

// The same, and sets `error_code` to the code of an answer that is an error: "" when there is none, or no
// answer.
absl::StatusOr<std::string> FetchBody(HttpRequest request, const Secret& secret, const NetworkContext& fetch,
                                      std::string* error_code);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_FETCH_BODY_H_
