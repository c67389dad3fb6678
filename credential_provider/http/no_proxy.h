// NO_PROXY, read as Go's golang.org/x/net/http/httpproxy reads it, so that kubectl, aliyun and this program
// go the same way.
#ifndef CREDENTIAL_PROVIDER_HTTP_NO_PROXY_H_
#define CREDENTIAL_PROVIDER_HTTP_NO_PROXY_H_

#include "absl/strings/string_view.h"

namespace credential_provider {

// Tells whether `list`, the value of NO_PROXY, lets a request to `host` (no brackets) and `port` go past the
// proxy. Entries are separated by commas alone: "*" is every host; "a.example" that host and those below it;
// ".a.example" and "*.a.example" those below it; an address or a network (CIDR) is compared with addresses
// only, names are not looked up; ":PORT" after a name or an address restricts it. Loopback addresses and
// "localhost" need no entry. Names outside ASCII are compared byte by byte.
bool GoesPastProxy(absl::string_view list, absl::string_view host, absl::string_view port);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_NO_PROXY_H_
