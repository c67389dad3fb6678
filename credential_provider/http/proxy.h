// Which proxy a request goes through, if any.
#ifndef CREDENTIAL_PROVIDER_HTTP_PROXY_H_
#define CREDENTIAL_PROVIDER_HTTP_PROXY_H_

#include <string>

#include "absl/types/optional.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

struct Proxy {
  std::string setting;  // "proxy-url", or the variable that names it, such as "HTTPS_PROXY"
  std::string address;  // as it may be shown: no user and password
  std::string url;      // with scheme and port; may hold a password
};

// Returns the proxy that `request` names, else the environment's, as Go's net/http finds it: HTTPS_PROXY or
// https_proxy, for plain http HTTP_PROXY or http_proxy unless REQUEST_METHOD is set, as a web server does for
// what it starts. Nothing when there is none, when NO_PROXY or no_proxy lets the host go past it, and for
// what stays on this machine.
absl::optional<Proxy> ProxyOf(const HttpRequest& request);

// Returns the environment's proxy for `request` whatever NO_PROXY says.
absl::optional<Proxy> ProxyOfEnvironment(const HttpRequest& request);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_PROXY_H_
