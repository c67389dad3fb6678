// Calls of Alibaba Cloud's OpenAPI, signed with ACS3-HMAC-SHA256.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACS_CLIENT_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACS_CLIENT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/http/url.h"

namespace credential_provider {

// One operation of a product, with its arguments.
struct AcsCall {
  std::string action;   // "DescribeClusterUserKubeconfig"
  std::string version;  // of the product's API: "2015-12-15"
  std::string method = "GET";
  std::string path = "/";  // as on the wire: segments percent-encoded
  std::map<std::string, std::string> query = {};
  std::map<std::string, std::string> form = {};  // sent as the body; not for GET
  std::string denied_hint = "";  // what the user can do when RAM denies it and does not say which action
};

class AcsClient {
 public:
  // `transport` and `clock` must outlive the client. `time_limit` is for a whole call, retries and the
  // waiting between them included. `warn` hears of what was put right by itself; it may be null.
  AcsClient(ServiceUrl endpoint, HttpTransport& transport, Clock& clock, absl::Duration time_limit,
            std::function<void(const absl::Status&)> warn = nullptr)
      : endpoint_(std::move(endpoint)),
        transport_(transport),
        clock_(clock),
        time_limit_(time_limit),
        warn_(std::move(warn)) {}

  // Returns the body of a successful answer. What may pass by itself (throttling, a broken connection, the
  // server's own failures) is tried again, signed anew, within the time limit; other errors come back at once
  // with code, HTTP status, request id and, where the user can act, a hint. They start with the action's
  // name. When the server finds the request's date too far off, the clock is corrected by its Date header,
  // once for all that use it and with a warning, and the call is tried again.
  absl::StatusOr<std::string> Call(const AcsCall& call, const AccessKey& key);

  // Begins to open the connection for the next Call of `call`, which has no body, while the key is still
  // being got. When that does not come to be called, nothing was sent.
  void OpenAhead(const AcsCall& call);

  // As above, for the calls that take no signature because the form holds proof of who calls: `proof` is kept
  // out of errors. Action and version travel in the query, all of the form in the body.
  absl::StatusOr<std::string> CallUnsigned(const AcsCall& call, const Secret& proof);

 private:
  struct Attempt {
    absl::StatusOr<std::string> body;
    bool retryable;
    absl::Duration retry_after;  // what the server asks for, or zero
  };

  absl::StatusOr<std::string> Run(const AcsCall& call, const AccessKey& key, bool is_signed);
  Attempt Try(const AcsCall& call, const AccessKey& key, bool is_signed, absl::Time deadline);
  absl::StatusOr<HttpRequest> SignedRequest(const AcsCall& call, const AccessKey& key) const;
  HttpRequest UnsignedRequest(const AcsCall& call) const;
  absl::StatusOr<HttpResponse> Send(const HttpRequest& request);
  bool CorrectClock(const HttpResponse& response, absl::string_view code);
  std::string Date() const;  // of the next request

  const ServiceUrl endpoint_;
  HttpTransport& transport_;
  Clock& clock_;
  const absl::Duration time_limit_;
  const std::function<void(const absl::Status&)> warn_;
  std::unique_ptr<PendingRequest> opened_;  // for opened_url_
  std::string opened_url_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_ACS_CLIENT_H_
