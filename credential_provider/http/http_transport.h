// One HTTP exchange, as values. The real transport is CurlTransport; a fake is a list of responses.
#ifndef CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_
#define CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::map<std::string, std::string> headers;
  std::string body;
  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration timeout = absl::Seconds(15);  // for the whole exchange
  bool use_proxy = true;                       // false for addresses that only this machine can reach

  // For a server that is not on the public Internet's terms, such as an API server. "" for none.
  std::string trusted_ca_pem;          // the authorities to trust, instead of the transport's own
  std::string client_certificate_pem;  // who asks, with its key
  Secret client_key_pem;
  std::string tls_server_name;  // the name that its certificate must be for, when it is not the URL's host
  std::string proxy_url;        // the way there, instead of the environment's proxy; may hold a password
};

struct HttpResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; of a repeated one the last
  std::string body;
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  // Sends `request` and waits for the whole response. An HTTP error status is a response, not an error, and
  // a redirect is returned, not followed. Errors mean that no whole response came: DeadlineExceeded (time is
  // up), Aborted (the connection broke; asking again may help) or Unavailable (name, connection, TLS).
  // NetworkFailureOf tells them apart further. They name the host and never the query, a header or the body.
  virtual absl::StatusOr<HttpResponse> Send(const HttpRequest& request) = 0;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_
