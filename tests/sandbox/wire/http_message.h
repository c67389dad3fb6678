// Requests and replies as values, so that the services know nothing of sockets.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_HTTP_MESSAGE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_HTTP_MESSAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/sandbox/wire/name_values.h"

namespace sandbox {

// One request as it came over the wire.
struct HttpRequest {
  std::string listener;            // "cloud", "cloud_tls", "api_server" or "control"
  std::string request_id;          // given to it on arrival
  std::string method;              // upper case
  std::string path;                // still percent-encoded, without the query
  std::string raw_query;           // still percent-encoded, without the question mark
  NameValues headers;              // names in lower case, values trimmed; one pair per header line
  std::string body;                //
  std::string client_certificate;  // DER of the TLS client certificate, or ""
  int connection = 0;              // which one it came over, counted from 1 over all listeners

  // Returns the value of the first header `name` (lower case), or "".
  std::string Header(absl::string_view name) const;
  // Returns how many header lines have this `name`.
  int HeaderCount(absl::string_view name) const;
  // Returns the query parameters, decoded, in the order sent.
  NameValues Query() const;
  // Returns the parameters of the query and of a form body.
  NameValues QueryAndForm() const;
  // Returns the token of "Authorization: Bearer …", or "".
  std::string BearerToken() const;
};

// One reply, before it is written.
struct HttpReply {
  int status = 200;
  std::string body = "";
  std::string content_type = "application/json; charset=utf-8";
  NameValues headers = {};
  // When positive, the body goes out as the first chunk of a stream that stays open for so long.
  absl::Duration stay_open = absl::ZeroDuration();
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_HTTP_MESSAGE_H_
