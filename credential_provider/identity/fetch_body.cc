#include "credential_provider/identity/fetch_body.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/service_error.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/text/percent_decoding.h"
#include "credential_provider/text/redact.h"

namespace credential_provider {
namespace {

// The values in the query of `url`: a token may be among them. What is shorter is none, and taking it out
// would leave no sentence whole.
std::vector<Secret> QuerySecrets(absl::string_view url) {
  constexpr size_t kShortest = 4;
  std::vector<Secret> values;
  const size_t question = url.find('?');
  if (question == absl::string_view::npos) return values;
  for (const absl::string_view part : absl::StrSplit(url.substr(question + 1), '&')) {
    if (absl::StartsWith(part, "audience=")) continue;  // public, and what an error may be about
    const std::string value(part.substr(part.find('=') + 1));
    if (value.size() < kShortest) continue;
    values.emplace_back(PercentDecode(value));
    values.emplace_back(value);
  }
  return values;
}

ServiceError Without(const std::vector<Secret>& secrets, ServiceError error) {
  std::vector<const Secret*> each;
  for (const Secret& secret : secrets) each.push_back(&secret);
  for (std::string* text : {&error.code, &error.message, &error.request_id}) *text = Redact(*text, each);
  return error;
}

}  // namespace

absl::StatusOr<std::string> FetchBody(HttpRequest request, const Secret& secret,
                                      const NetworkContext& fetch) {
  std::string error_code;
  return FetchBody(std::move(request), secret, fetch, &error_code);
}

absl::StatusOr<std::string> FetchBody(HttpRequest request, const Secret& secret, const NetworkContext& fetch,
                                      std::string* error_code) {
  error_code->clear();
  request.timeout = std::min(request.timeout, fetch.time_limit);
  request.connect_timeout = std::min(request.connect_timeout, request.timeout);
  request.headers["user-agent"] = "credential_provider";
  absl::StatusOr<HttpResponse> response = fetch.transport.Send(request);
  if (!response.ok()) return response.status();
  if (response->status == 200) return std::move(response->body);
  const ServiceError error = Without(QuerySecrets(request.url), ParseServiceError(*response));
  *error_code = error.code;
  AccessKey sent;
  sent.secret = secret;
  const absl::Status status =
      WithContext(ToStatus(*response, error, sent, fetch.clock.ServerNow()), ShownOrigin(request.url));
  // Without a code it is no answer of Alibaba Cloud's, and a hint about that service would lead astray.
  return error.code.empty() ? absl::Status(status.code(), status.message()) : status;
}

}  // namespace credential_provider
