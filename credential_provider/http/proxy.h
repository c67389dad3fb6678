// Which proxy a request goes through, if any.
#ifndef CREDENTIAL_PROVIDER_HTTP_PROXY_H_
#define CREDENTIAL_PROVIDER_HTTP_PROXY_H_

#include <string>

#include "absl/types/optional.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

// Returns true when `request` goes past every proxy: it says so, or it stays on this machine.
bool GoesPastProxies(const HttpRequest& request);

struct Proxy {
  std::string setting;  // "proxy-url", or the variable that names it, such as "HTTPS_PROXY"
  std::string address;  // as it may be shown: no user and password
  std::string host;
};

// Returns the proxy that `request` names, else the environment's, which libcurl reads by itself; nothing when
// there is none. NO_PROXY is not looked at: it may let the host go past the environment's proxy.
absl::optional<Proxy> ProxyOf(const HttpRequest& request);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_PROXY_H_
