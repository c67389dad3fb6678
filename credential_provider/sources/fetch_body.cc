#include "credential_provider/sources/fetch_body.h"

#include <algorithm>
#include <utility>

#include "credential_provider/alibaba_cloud/service_error.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"

namespace credential_provider {

absl::StatusOr<std::string> FetchBody(HttpRequest request, const Secret& secret, const KeyFetch& fetch) {
  request.timeout = std::min(request.timeout, fetch.time_limit);
  request.connect_timeout = std::min(request.connect_timeout, request.timeout);
  request.headers["user-agent"] = "credential_provider";
  absl::StatusOr<HttpResponse> response = fetch.transport.Send(request);
  if (!response.ok()) return response.status();
  if (response->status == 200) return std::move(response->body);
  const ServiceError error = ParseServiceError(*response);
  AccessKey sent;
  sent.secret = secret;
  const absl::Status status =
      WithContext(ToStatus(*response, error, sent, fetch.clock.ServerNow()), ShownOrigin(request.url));
  // Without a code it is no answer of Alibaba Cloud's, and a hint about that service would lead astray.
  return error.code.empty() ? absl::Status(status.code(), status.message()) : status;
}

}  // namespace credential_provider
