// Says why libcurl brought no answer, and what to do about it.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_FAILURE_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_FAILURE_H_

#include <curl/curl.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

struct CurlFailure {
  CURLcode code;              // not CURLE_OK
  absl::string_view text;     // libcurl's words for the code
  absl::string_view details;  // its words for this failure; not to be shown: they may quote the server
  int proxy_status;           // what the proxy answered to CONNECT; 0 for nothing
  absl::string_view refused;  // why the transport ended the transfer itself; "" when it did not
};

// Returns the error that HttpTransport::Send promises for `request`, with a NetworkFailure and mostly a hint.
absl::Status FailureStatus(const CurlFailure& failure, const HttpRequest& request);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_FAILURE_H_
