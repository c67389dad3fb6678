// One HTTP exchange, as values. The real transport is CurlTransport; a fake is a list of responses.
#ifndef CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_
#define CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

using HttpHeaders = std::map<std::string, std::string>;

// The headers of a request that are only known when its connection is open.
class LateHeaders {
 public:
  virtual ~LateHeaders() = default;
  // Called with the connection open and nothing sent; may wait. Nothing gives the exchange up.
  virtual absl::optional<HttpHeaders> Await() = 0;
  // Asked now and then until then: true ends the exchange.
  virtual bool IsGivenUp() = 0;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  HttpHeaders headers;
  LateHeaders* late_headers = nullptr;  // sent with these
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
  HttpHeaders headers;  // names in lower case; of a repeated one the last
  std::string body;
};

// A request whose connection is being opened, in a thread of its own, before its headers are known. One that
// is destroyed without having been sent is given up, and nothing of it was sent.
class PendingRequest {
 public:
  virtual ~PendingRequest() = default;

  // Sends the request with these headers, as HttpTransport::Send. REQUIRES: it was not sent.
  virtual absl::StatusOr<HttpResponse> Send(HttpHeaders headers) = 0;
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  // Sends `request` and waits for the whole response. An HTTP error status is a response, not an error, and
  // a redirect is returned, not followed. Errors mean that no whole response came: DeadlineExceeded (time is
  // up), Aborted (the connection broke; asking again may help) or Unavailable (name, connection, TLS).
  // NetworkFailureOf tells them apart further. They name the host and never the query, a header or the body.
  virtual absl::StatusOr<HttpResponse> Send(const HttpRequest& request) = 0;

  // Begins to open a connection for `draft`, whose headers come later. Null where that cannot be: then Send
  // does it all. The transport must outlive what is returned.
  virtual std::unique_ptr<PendingRequest> Begin(const HttpRequest& /*draft*/) { return nullptr; }
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_HTTP_TRANSPORT_H_
