// A transport that gives the replies it was handed, in order, and keeps the requests.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_HTTP_TRANSPORT_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_HTTP_TRANSPORT_H_

#include <deque>
#include <utility>
#include <vector>

#include "credential_provider/http/http_transport.h"

namespace credential_provider {

class FakeHttpTransport : public HttpTransport {
 public:
  explicit FakeHttpTransport(std::deque<absl::StatusOr<HttpResponse>> replies)
      : replies_(std::move(replies)) {}

  // Fails with Internal when there is no reply left: no request may arrive then.
  absl::StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    requests.push_back(request);
    if (replies_.empty()) return absl::InternalError("unexpected request");
    absl::StatusOr<HttpResponse> reply = std::move(replies_.front());
    replies_.pop_front();
    return reply;
  }

  std::vector<HttpRequest> requests;

 private:
  std::deque<absl::StatusOr<HttpResponse>> replies_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_FAKE_HTTP_TRANSPORT_H_
