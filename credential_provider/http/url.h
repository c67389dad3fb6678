// What this program needs to know about a URL it was given.
#ifndef CREDENTIAL_PROVIDER_HTTP_URL_H_
#define CREDENTIAL_PROVIDER_HTTP_URL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// The base of a service: scheme and authority, nothing after.
struct ServiceUrl {
  std::string scheme;  // "https" or "http"
  std::string
      authority;     // "host" or "host:port", as it goes into the Host header: a default port is left out
  std::string host;  // without port and brackets
};

// Parses `text`, "https://host[:port]" with at most a '/' after; without a scheme https is meant.
// Plain http is InvalidArgument unless the host is a loopback address (127.0.0.0/8, ::1, localhost): keys and
// certificates would cross the network readable. User names, paths, queries and fragments are refused.
absl::StatusOr<ServiceUrl> ParseServiceUrl(absl::string_view text);

// A whole URL: a service, and what is asked of it.
struct Url {
  ServiceUrl service;
  std::string target;  // "/path?query", "/" when there is none
};

// Parses `text` as above, with a path and a query after. A fragment, blanks and control characters are
// refused.
absl::StatusOr<Url> ParseUrl(absl::string_view text);

// Splits "host[:port]" or "[address][:port]"; what is not given is "". Returns false when `authority` is
// neither.
bool SplitAuthority(absl::string_view authority, absl::string_view* host, absl::string_view* port);

// Returns what is before the path of `url`: scheme, host and port, and perhaps a user with a password.
absl::string_view OriginOf(absl::string_view url);

// Returns scheme, host and port of `url`: the part that may be shown.
std::string ShownOrigin(absl::string_view url);

// Tells whether `host` is a loopback address. Only literal addresses and "localhost" are.
bool IsLoopback(absl::string_view host);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_URL_H_
