// One exchange in the log (log/log.h): where it went, what came of it and how long it took. Never its query,
// path, headers or body: any of them may be a secret.
#ifndef CREDENTIAL_PROVIDER_HTTP_EXCHANGE_LOG_H_
#define CREDENTIAL_PROVIDER_HTTP_EXCHANGE_LOG_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

// Returns the operation of Alibaba Cloud's that is asked for, by a header or the query; "" for none.
std::string ActionOf(const HttpRequest& request, const HttpHeaders& headers);

// Returns what `send` returns, and logs it as the exchange of `request` with `headers`.
absl::StatusOr<HttpResponse> Logged(const HttpRequest& request, const HttpHeaders& headers,
                                    absl::FunctionRef<absl::StatusOr<HttpResponse>()> send);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_EXCHANGE_LOG_H_
