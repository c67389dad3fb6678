#include "credential_provider/http/url.h"

#include <arpa/inet.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr char kHostCharacters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
constexpr char kAddressCharacters[] = "0123456789abcdefABCDEF:.";

absl::Status Malformed() { return absl::InvalidArgumentError("not of the form https://HOST[:PORT]"); }

}  // namespace

bool SplitAuthority(absl::string_view authority, absl::string_view* host, absl::string_view* port) {
  if (absl::ConsumePrefix(&authority, "[")) {
    const size_t end = authority.find(']');
    if (end == absl::string_view::npos) return false;
    *host = authority.substr(0, end);
    authority.remove_prefix(end + 1);
    if (host->find_first_not_of(kAddressCharacters) != absl::string_view::npos) return false;
    in6_addr address;
    if (inet_pton(AF_INET6, std::string(*host).c_str(), &address) != 1) return false;
  } else {
    *host = authority.substr(0, authority.find(':'));
    authority.remove_prefix(host->size());
    if (host->empty() || host->find_first_not_of(kHostCharacters) != absl::string_view::npos) return false;
  }
  *port = authority;
  if (!absl::ConsumePrefix(port, ":")) return authority.empty();
  int number = 0;  // SimpleAtoi alone would take blanks and line breaks around it
  return port->find_first_not_of("0123456789") == absl::string_view::npos &&
         absl::SimpleAtoi(*port, &number) && number > 0 && number < 65536;
}

absl::StatusOr<ServiceUrl> ParseServiceUrl(absl::string_view text) {
  ServiceUrl url{"https", "", ""};
  const size_t scheme_end = text.find("://");
  if (scheme_end != absl::string_view::npos) {
    url.scheme = absl::AsciiStrToLower(text.substr(0, scheme_end));
    text.remove_prefix(scheme_end + 3);
  }
  absl::ConsumeSuffix(&text, "/");
  absl::string_view host, port;
  if ((url.scheme != "https" && url.scheme != "http") || !SplitAuthority(text, &host, &port))
    return Malformed();
  url.host = std::string(host);
  if (url.scheme == "http" && !IsLoopback(host)) {
    return absl::InvalidArgumentError("plain http is only for loopback addresses; use https");
  }
  absl::ConsumeSuffix(&text, url.scheme == "https" ? ":443" : ":80");
  url.authority = std::string(text);
  return url;
}

absl::StatusOr<Url> ParseUrl(absl::string_view text) {
  const absl::string_view origin = OriginOf(text);
  absl::StatusOr<ServiceUrl> service = ParseServiceUrl(origin);
  if (!service.ok()) return service.status();
  const absl::string_view target = text.substr(origin.size());
  for (const char c : target) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c)) || c == '#')
      return absl::InvalidArgumentError("not a URL: blanks, control characters or a fragment in it");
  }
  return Url{*std::move(service), absl::StrCat(absl::StartsWith(target, "/") ? "" : "/", target)};
}

absl::string_view OriginOf(absl::string_view url) {
  constexpr absl::string_view kBehindScheme = "://";
  const size_t scheme_end = url.find_first_of(":/?#");
  const bool has_scheme =
      scheme_end != absl::string_view::npos && absl::StartsWith(url.substr(scheme_end), kBehindScheme);
  return url.substr(0, url.find_first_of("/?#", has_scheme ? scheme_end + kBehindScheme.size() : 0));
}

std::string ShownOrigin(absl::string_view url) {
  const absl::string_view origin = OriginOf(url);
  if (!absl::StrContains(origin, '@')) return std::string(origin);
  const size_t scheme_end = origin.find("://");
  const bool has_scheme = scheme_end < origin.find('@');  // an '@' belongs to a user, whatever is after
  return absl::StrCat(has_scheme ? origin.substr(0, scheme_end + 3) : "",
                      origin.substr(origin.rfind('@') + 1));
}

bool IsLoopback(absl::string_view host) {
  const std::string text(host);
  in_addr v4;
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6;
  if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return absl::EqualsIgnoreCase(host, "localhost");
}

}  // namespace credential_provider
