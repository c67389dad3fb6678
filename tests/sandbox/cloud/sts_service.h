// Security Token Service (STS, version 2015-04-01): roles assumed, and who is calling.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_STS_SERVICE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_STS_SERVICE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

// Returns the action that `request` names in its header, or else in its query or form.
std::string StsAction(const HttpRequest& request);

class StsService {
 public:
  // `world` must outlive this object.
  explicit StsService(World& world) : world_(world) {}

  // Answers POST /.
  HttpReply Handle(const HttpRequest& request);

  // Verifies a pre-signed GetCallerIdentity for `cluster_id` as an authenticator replays it.
  Verdict VerifyReplay(const HttpRequest& request, absl::string_view cluster_id);

 private:
  HttpReply AssumeRole(const HttpRequest& request);
  HttpReply AssumeRoleWithOidc(const HttpRequest& request);
  HttpReply GetCallerIdentity(const HttpRequest& request);

  World& world_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_STS_SERVICE_H_
