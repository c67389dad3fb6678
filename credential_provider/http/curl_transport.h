// HTTP over libcurl: TLS 1.2 or newer, always verified; no redirect followed; proxies as proxy.h says. A
// connection is used again by the next request of the same object to the same server, unless one of them has
// a client certificate.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_TRANSPORT_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_TRANSPORT_H_

#include <memory>
#include <string>

#include "credential_provider/http/http_transport.h"

namespace credential_provider {

struct Authorities;

class CurlTransport : public HttpTransport {
 public:
  // `ca_file` is a PEM file of certificate authorities to trust instead of the system's; "" for the system's,
  // or what SSL_CERT_FILE and SSL_CERT_DIR put in their place.
  // `waiting` is called with the server's address when an answer takes longer than kQuietWait, once.
  explicit CurlTransport(std::string ca_file, void (*waiting)(absl::string_view) = nullptr);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  // The system's authorities are those of SystemAuthorities.
  absl::StatusOr<HttpResponse> Send(const HttpRequest& request) override;
  std::unique_ptr<PendingRequest> Begin(const HttpRequest& draft) override;

 private:
  struct Connections;

  absl::StatusOr<HttpResponse> Transact(const HttpRequest& request);
  absl::StatusOr<HttpResponse> Exchange(const HttpRequest& request, const Authorities& given,
                                        const Authorities& system);

  std::string ca_file_;
  void (*waiting_)(absl::string_view);
  std::unique_ptr<Connections> connections_;  // null before the first request
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_TRANSPORT_H_
