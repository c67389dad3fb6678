// The answer of Container Service with a user's kubeconfig: as JSON, and its YAML by itself.
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "nlohmann/json.hpp"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void CheckReply(absl::string_view reply) {
  const absl::StatusOr<UserKubeconfig> kubeconfig = ParseUserKubeconfig(reply);
  if (!kubeconfig.ok()) return RequireShowable(kubeconfig.status());
  Require(!kubeconfig->client_certificate_pem.empty(), "there is a certificate");
  Require(!kubeconfig->client_key_pem.empty(), "there is a key");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = credential_provider::Input(data, size).Rest();
  credential_provider::CheckReply(text);
  const nlohmann::json reply = {{"config", std::string(text)}, {"expiration", "2026-01-02T04:04:05Z"}};
  credential_provider::CheckReply(reply.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return 0;
}
