// An answer that is no success: its status and headers, and what body whoever answered has sent.
#include "absl/strings/match.h"
#include "credential_provider/alibaba_cloud/service_error.h"
#include "tests/fuzz/http_reply.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

constexpr char kSecret[] = "SeCrEt/of+alice=nobody-would-guess";

void Check(const HttpResponse& response) {
  AccessKey key;
  key.id = "sandbox-alice";
  key.secret = Secret(kSecret);
  const ServiceError error = ParseServiceError(response);
  IsRetryable(response, error);
  Require(RetryAfter(response) >= absl::ZeroDuration(), "nobody waits until yesterday");
  const absl::Status status = ToStatus(response, error, key, absl::FromUnixSeconds(1767323045));
  RequireShowable(status);
  for (size_t i = 0; i + 8 <= sizeof(kSecret) - 1; ++i)
    RequireHidden(status, absl::string_view(kSecret).substr(i, 8));
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  credential_provider::Check(credential_provider::TakeReply(&input, credential_provider::kSecret));
  return 0;
}
