#include "credential_provider/http/exchange_log.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "credential_provider/http/url.h"
#include "credential_provider/log/log.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestAction = 64;

std::string Find(const HttpHeaders& headers, const std::string& name) {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

// A name, and nothing that somebody has put there instead of one.
std::string NameOrNothing(absl::string_view text) {
  const bool name =
      text.size() <= kLongestAction &&
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isalpha(c); });
  return name ? std::string(text) : "";
}

void LogEnd(LogFields fields, const absl::StatusOr<HttpResponse>& response, absl::Duration took) {
  if (response.ok()) {
    fields.emplace_back("status", int64_t{response->status});
    const std::string id = Find(response->headers, "x-acs-request-id");
    if (!id.empty()) fields.emplace_back("request_id", id);
  } else {
    fields.emplace_back("failed", response.status().message());
  }
  fields.emplace_back("ms", absl::ToInt64Milliseconds(took));
  Log(LogLevel::kDebug, "request", [&] { return std::move(fields); });
}

}  // namespace

std::string ActionOf(const HttpRequest& request, const HttpHeaders& headers) {
  const std::string named = Find(headers, "x-acs-action");
  if (!named.empty()) return NameOrNothing(named);
  const size_t query = request.url.find('?');
  if (query == std::string::npos) return "";
  for (absl::string_view part : absl::StrSplit(absl::string_view(request.url).substr(query + 1), '&')) {
    if (absl::ConsumePrefix(&part, "Action=")) return NameOrNothing(part);
  }
  return "";
}

absl::StatusOr<HttpResponse> Logged(const HttpRequest& request, const HttpHeaders& headers,
                                    absl::FunctionRef<absl::StatusOr<HttpResponse>()> send) {
  if (!Logs(LogLevel::kDebug)) return send();
  LogFields fields = {{"method", request.method}, {"host", ShownOrigin(request.url)}};
  const std::string action = ActionOf(request, headers);
  if (!action.empty()) fields.emplace_back("action", action);
  const absl::Time begin = absl::Now();
  absl::StatusOr<HttpResponse> response = send();
  LogEnd(std::move(fields), response, absl::Now() - begin);
  return response;
}

}  // namespace credential_provider
