#include "credential_provider/http/curl_pending_request.h"

#include <signal.h>

#include <utility>

#include "credential_provider/http/curl_transfer.h"
#include "credential_provider/http/exchange_log.h"

namespace credential_provider {
namespace {

constexpr size_t kStackBytes = 1 << 20;  // of pages that are there when they are used

}  // namespace

CurlPendingRequest::CurlPendingRequest(const HttpRequest& draft, const std::string& ca_file,
                                       void (*waiting)(absl::string_view))
    : transport_(ca_file, waiting), request_(draft), response_(absl::CancelledError("not sent")) {
  request_.headers.clear();
  request_.late_headers = this;
}

CurlPendingRequest::~CurlPendingRequest() {
  if (is_running_) Finish(absl::nullopt);
}

// Signals are for the thread that there was before.
bool CurlPendingRequest::Start() {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  is_running_ = pthread_create(&thread_, &attributes, &Run, this) == 0;
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return is_running_;
}

absl::StatusOr<HttpResponse> CurlPendingRequest::Send(HttpHeaders headers) {
  absl::Status valid = CheckHeaders(headers, request_.url);
  if (!valid.ok()) return valid;
  return Logged(request_, headers, [&] {
    Finish(headers);
    return std::move(response_);
  });
}

void* CurlPendingRequest::Run(void* self) {
  auto& pending = *static_cast<CurlPendingRequest*>(self);
  pending.response_ = pending.transport_.Send(pending.request_);
  return nullptr;
}

void CurlPendingRequest::Finish(absl::optional<HttpHeaders> headers) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    headers_ = std::move(headers);
    is_told_ = true;
  }
  told_.notify_one();
  pthread_join(thread_, nullptr);
  is_running_ = false;
}

absl::optional<HttpHeaders> CurlPendingRequest::Await() {
  std::unique_lock<std::mutex> lock(mutex_);
  told_.wait(lock, [this] { return is_told_; });
  return headers_;
}

bool CurlPendingRequest::IsGivenUp() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return is_told_ && !headers_;
}

}  // namespace credential_provider
