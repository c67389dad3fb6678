#include "credential_provider/http/proxy.h"

#include <cstdlib>

#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestAddress = 100;

// In libcurl's order.
constexpr const char* kVariables[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

// What stands behind the last '@' holds no password, whatever characters that one is made of.
Proxy Described(const char* setting, absl::string_view url) {
  const std::string address = ShownOrigin(url.substr(url.rfind('@') + 1));
  absl::string_view host = address;
  const size_t scheme_end = host.find("://");
  if (scheme_end != absl::string_view::npos) host.remove_prefix(scheme_end + 3);
  const size_t bracket = host.find(']');
  host = bracket == absl::string_view::npos ? host.substr(0, host.find(':')) : host.substr(1, bracket - 1);
  return {setting, Printable(address, kLongestAddress), std::string(host)};
}

}  // namespace

bool GoesPastProxies(const HttpRequest& request) {
  if (!request.proxy_url.empty()) return false;
  const absl::StatusOr<ServiceUrl> service = ParseServiceUrl(OriginOf(request.url));
  return !request.use_proxy || (service.ok() && IsLoopback(service->host));
}

absl::optional<Proxy> ProxyOf(const HttpRequest& request) {
  if (!request.proxy_url.empty()) return Described("proxy-url", request.proxy_url);
  if (GoesPastProxies(request)) return absl::nullopt;
  for (const char* const name : kVariables) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return Described(name, value);
  }
  return absl::nullopt;
}

}  // namespace credential_provider
