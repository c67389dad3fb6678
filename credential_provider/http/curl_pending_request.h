// A request whose connection is opened by a thread while its headers are found out.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_PENDING_REQUEST_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_PENDING_REQUEST_H_

#include <pthread.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/http/http_transport.h"

namespace credential_provider {

class CurlPendingRequest : public PendingRequest, private LateHeaders {
 public:
  // `ca_file` and `waiting` as for CurlTransport; `waiting` is called by the thread.
  CurlPendingRequest(const HttpRequest& draft, const std::string& ca_file,
                     void (*waiting)(absl::string_view));
  CurlPendingRequest(const CurlPendingRequest&) = delete;
  CurlPendingRequest& operator=(const CurlPendingRequest&) = delete;
  ~CurlPendingRequest() override;

  // Begins to connect. False when there can be no thread. REQUIRES: libcurl is initialised.
  bool Start();

  absl::StatusOr<HttpResponse> Send(HttpHeaders headers) override;

 private:
  static void* Run(void* self);
  void Finish(absl::optional<HttpHeaders> headers);
  absl::optional<HttpHeaders> Await() override;
  bool IsGivenUp() override;

  CurlTransport transport_;
  HttpRequest request_;
  absl::StatusOr<HttpResponse> response_;  // when the thread has ended
  pthread_t thread_{};
  bool is_running_ = false;
  std::mutex mutex_;  // for what is below
  std::condition_variable told_;
  bool is_told_ = false;
  absl::optional<HttpHeaders> headers_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_PENDING_REQUEST_H_
