#include "credential_provider/http/proxy.h"

#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/no_proxy.h"
#include "credential_provider/http/url.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestAddress = 100;
constexpr absl::string_view kBehindScheme = "://";

// The first of `names` that is set, and its value.
std::pair<const char*, absl::string_view> FirstVariable(std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return {name, absl::StripAsciiWhitespace(value)};
  }
  return {"", ""};
}

bool IsPlain(const HttpRequest& request) { return absl::StartsWithIgnoreCase(request.url, "http://"); }

// The defaults of Go, which are not those of libcurl.
absl::string_view DefaultPort(absl::string_view scheme) {
  if (scheme == "https") return ":443";
  return absl::StartsWith(scheme, "socks") ? ":1080" : ":80";
}

// What is after the last '@' holds no password, whatever characters that one is made of.
Proxy Described(const char* setting, absl::string_view text) {
  const std::string shown = ShownOrigin(text.substr(text.rfind('@') + 1));
  const size_t scheme_end = text.find(kBehindScheme);
  const bool has_scheme = scheme_end != absl::string_view::npos;
  std::string scheme = has_scheme ? absl::AsciiStrToLower(text.substr(0, scheme_end)) : "http";
  if (has_scheme) text.remove_prefix(scheme_end + kBehindScheme.size());
  const size_t host_begin = text.rfind('@') + 1;
  const absl::string_view authority = OriginOf(text.substr(host_begin));
  const bool has_port = authority.find(':', authority.rfind(']') + 1) != absl::string_view::npos;
  const absl::string_view port = has_port ? "" : DefaultPort(scheme);
  if (scheme == "socks5") scheme = "socks5h";  // Go leaves names to the proxy
  return {setting, Printable(shown, kLongestAddress),
          absl::StrCat(scheme, kBehindScheme, text.substr(0, host_begin), authority, port)};
}

// Host and port of `request`; empty when its URL has none.
std::pair<std::string, std::string> TargetOf(const HttpRequest& request) {
  absl::string_view authority = OriginOf(request.url);
  authority.remove_prefix(authority.find(kBehindScheme) + kBehindScheme.size());
  absl::string_view host, port;
  if (!SplitAuthority(authority, &host, &port)) return {};
  return {std::string(host), port.empty() ? IsPlain(request) ? "80" : "443" : std::string(port)};
}

}  // namespace

absl::optional<Proxy> ProxyOfEnvironment(const HttpRequest& request) {
  const bool plain = IsPlain(request);
  if (plain && !FirstVariable({"REQUEST_METHOD"}).second.empty()) return absl::nullopt;
  const auto [name, value] =
      plain ? FirstVariable({"HTTP_PROXY", "http_proxy"}) : FirstVariable({"HTTPS_PROXY", "https_proxy"});
  if (value.empty()) return absl::nullopt;
  return Described(name, value);
}

absl::optional<Proxy> ProxyOf(const HttpRequest& request) {
  if (!request.proxy_url.empty()) return Described("proxy-url", request.proxy_url);
  if (!request.use_proxy || !absl::StrContains(request.url, kBehindScheme)) return absl::nullopt;
  const auto [host, port] = TargetOf(request);
  const absl::string_view no_proxy = FirstVariable({"NO_PROXY", "no_proxy"}).second;
  if (host.empty() || GoesPastProxy(no_proxy, host, port)) return absl::nullopt;
  return ProxyOfEnvironment(request);
}

}  // namespace credential_provider
