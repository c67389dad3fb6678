#include "credential_provider/http/curl_transfer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"

namespace credential_provider {

absl::Status CheckHeaders(const HttpHeaders& headers, const std::string& url) {
  const auto is_control = [](unsigned char c) { return absl::ascii_iscntrl(c) && c != '\t'; };
  for (const auto& [name, value] : headers) {
    if (std::any_of(value.begin(), value.end(), is_control)) {
      return absl::InvalidArgumentError(
          absl::StrCat(ShownOrigin(url), ": header ", name, ": a line break or control character in it"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckHead(const HttpRequest& request) {
  const auto is_graph = [](unsigned char c) { return absl::ascii_isgraph(c); };
  const bool http = absl::StartsWithIgnoreCase(request.url, "http://") ||
                    absl::StartsWithIgnoreCase(request.url, "https://");
  if (!http || !std::all_of(request.url.begin(), request.url.end(), is_graph))
    return absl::InvalidArgumentError(absl::StrCat(Printable(ShownOrigin(request.url)), ": not a URL"));
  absl::Status headers = CheckHeaders(request.headers, request.url);
  if (!headers.ok()) return headers;
  absl::string_view host, port;
  if (request.tls_server_name.empty() ||
      (SplitAuthority(request.tls_server_name, &host, &port) && port.empty()))
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(ShownOrigin(request.url), ": tls-server-name: not a host's name"));
}

}  // namespace credential_provider
