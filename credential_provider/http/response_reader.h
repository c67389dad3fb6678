// Collects a response from the pieces in which it comes, within bounds.
#ifndef CREDENTIAL_PROVIDER_HTTP_RESPONSE_READER_H_
#define CREDENTIAL_PROVIDER_HTTP_RESPONSE_READER_H_

#include "absl/strings/string_view.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

// A kubeconfig with long certificate chains is some 20 KB; what is far larger is not an answer.
constexpr size_t kMaxBodyBytes = 4 << 20;
// Of all lines outside bodies: those of interim answers, of a proxy's, and trailers too.
constexpr size_t kMaxHeaderBytes = 128 << 10;
constexpr int kMaxHeaderLines = 1000;

class ResponseReader {
 public:
  // Both return false when the response is over its bounds. Then the exchange is to be ended.
  bool AddHeaderLine(absl::string_view line);  // status lines, blank lines and trailers too
  bool AddBody(absl::string_view data);

  // Why one of the above returned false; "" when none did.
  absl::string_view refused() const { return refused_; }

  // What was collected: the headers of the last answer, and no trailers.
  HttpResponse response;

 private:
  absl::string_view refused_;
  size_t header_bytes_ = 0;
  int header_lines_ = 0;
  bool in_head_ = false;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_RESPONSE_READER_H_
