#include "credential_provider/alibaba_cloud/acs_client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/service_error.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/crypto/digest.h"
#include "credential_provider/log/log.h"
#include "credential_provider/process/random.h"

namespace credential_provider {
namespace {

constexpr absl::Duration kConnectTimeout = absl::Seconds(5);
constexpr int kMaxAttempts = 4;
constexpr absl::Duration kFirstPause = absl::Milliseconds(400);
constexpr size_t kNonceBytes = 16;
constexpr char kFormType[] = "application/x-www-form-urlencoded";
constexpr char kUserAgent[] = "credential_provider";

// The pause before attempt number `next` (from 1): exponential with full jitter, or what the server asked for
// and a little more, so that not all that were told the same come back together.
absl::Duration PauseBefore(int next, absl::Duration asked) {
  const absl::Duration jitter = kFirstPause * (1 << (next - 1)) * RandomFraction();
  return asked > absl::ZeroDuration() ? asked + std::min(jitter, kFirstPause) : jitter;
}

}  // namespace

absl::StatusOr<std::string> AcsClient::Call(const AcsCall& call, const AccessKey& key) {
  return Run(call, key, /*is_signed=*/true);
}

absl::StatusOr<std::string> AcsClient::CallUnsigned(const AcsCall& call, const Secret& proof) {
  AccessKey nobody;
  nobody.secret = proof;
  return Run(call, nobody, /*is_signed=*/false);
}

absl::StatusOr<std::string> AcsClient::Run(const AcsCall& call, const AccessKey& key, bool is_signed) {
  const absl::Time deadline = clock_.Now() + time_limit_;
  for (int attempt = 1;; ++attempt) {
    Attempt result = Try(call, key, is_signed, deadline);
    if (result.body.ok()) return std::move(result.body);
    const absl::Duration pause = PauseBefore(attempt, result.retry_after);
    if (!result.retryable || attempt == kMaxAttempts || clock_.Now() + pause >= deadline) {
      return WithContext(result.body.status(), call.action);
    }
    Log(LogLevel::kDebug, "retry", [&] {
      return LogFields{{"action", call.action},
                       {"attempt", int64_t{attempt}},
                       {"pause_ms", absl::ToInt64Milliseconds(pause)},
                       {"reason", result.body.status().message()}};
    });
    clock_.Sleep(pause);
  }
}

AcsClient::Attempt AcsClient::Try(const AcsCall& call, const AccessKey& key, bool is_signed,
                                  absl::Time deadline) {
  absl::StatusOr<HttpRequest> request = is_signed ? SignedRequest(call, key) : UnsignedRequest(call);
  if (!request.ok()) return {request.status(), false, absl::ZeroDuration()};
  request->timeout = deadline - clock_.Now();
  request->connect_timeout = std::min(kConnectTimeout, request->timeout);
  absl::StatusOr<HttpResponse> response = Send(*request);
  if (!response.ok()) return {response.status(), absl::IsAborted(response.status()), absl::ZeroDuration()};
  const absl::optional<absl::Time> server = ServerTime(*response);
  if (server) clock_.NoteServerTime(*server);
  if (response->status >= 200 && response->status < 300)
    return {std::move(response->body), false, absl::ZeroDuration()};
  ServiceError error = ParseServiceError(*response);
  error.denied_hint = call.denied_hint;
  return {WithContext(ToStatus(*response, error, key, clock_.Now()), endpoint_.authority),
          IsRetryable(*response, error) || CorrectClock(*response, error.code), RetryAfter(*response)};
}

// The key may take as long as the call.
void AcsClient::OpenAhead(const AcsCall& call) {
  absl::StatusOr<HttpRequest> draft = SignedRequest(call, AccessKey());
  if (!draft.ok()) return;
  draft->timeout = 2 * time_limit_;
  draft->connect_timeout = std::min(kConnectTimeout, time_limit_);
  opened_url_ = draft->url;
  opened_ = transport_.Begin(*draft);
}

absl::StatusOr<HttpResponse> AcsClient::Send(const HttpRequest& request) {
  const std::unique_ptr<PendingRequest> opened = std::move(opened_);
  if (opened != nullptr && opened_url_ == request.url) return opened->Send(request.headers);
  return transport_.Send(request);
}

bool AcsClient::CorrectClock(const HttpResponse& response, absl::string_view code) {
  const absl::optional<absl::Time> server = ServerTime(response);
  if (!absl::StartsWith(code, "InvalidTimeStamp") || !server || clock_.is_corrected()) return false;
  const absl::Duration ahead = clock_.Now() - *server;
  clock_.CorrectBy(-ahead);
  if (warn_) {
    warn_(
        WithHint(absl::FailedPreconditionError(absl::StrCat("this machine's clock is ", DescribeClock(ahead),
                                                            "; requests are dated by the server's")),
                 "set this machine's clock"));
  }
  return true;
}

std::string AcsClient::Date() const {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", clock_.ServerNow(), absl::UTCTimeZone());
}

absl::StatusOr<HttpRequest> AcsClient::SignedRequest(const AcsCall& call, const AccessKey& key) const {
  HttpRequest request;
  request.method = call.method;
  request.body = CanonicalQuery(call.form);
  Acs3Request signed_part{call.method, call.path, call.query, {}};
  signed_part.headers = {
      {"host", endpoint_.authority},
      {"x-acs-action", call.action},
      {"x-acs-content-sha256", Sha256Hex(request.body)},
      {"x-acs-date", Date()},
      {"x-acs-signature-nonce", RandomHex(kNonceBytes)},
      {"x-acs-version", call.version},
  };
  if (!call.form.empty()) signed_part.headers["content-type"] = kFormType;
  if (!key.security_token.empty()) signed_part.headers["x-acs-security-token"] = key.security_token.Reveal();
  const Acs3Signature signature = SignAcs3(signed_part, key.id, key.secret);

  request.url = absl::StrCat(endpoint_.scheme, "://", endpoint_.authority, call.path,
                             call.query.empty() ? "" : "?", signature.canonical_query);
  request.headers = std::move(signed_part.headers);
  request.headers["accept"] = "application/json";
  request.headers["user-agent"] = kUserAgent;
  request.headers["authorization"] = signature.authorization;
  return request;
}

HttpRequest AcsClient::UnsignedRequest(const AcsCall& call) const {
  const std::string query = CanonicalQuery({{"Action", call.action},
                                            {"Format", "JSON"},
                                            {"SignatureNonce", RandomHex(kNonceBytes)},
                                            {"Timestamp", Date()},
                                            {"Version", call.version}});
  HttpRequest request;
  request.method = "POST";
  request.url = absl::StrCat(endpoint_.scheme, "://", endpoint_.authority, call.path, "?", query);
  request.headers = {{"accept", "application/json"}, {"content-type", kFormType}, {"user-agent", kUserAgent}};
  request.body = CanonicalQuery(call.form);
  return request;
}

}  // namespace credential_provider
