// KUBERNETES_EXEC_INFO: whatever a client sends.
#include "credential_provider/kubernetes/exec_info.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(absl::string_view text) {
  const auto version = RequestedApiVersion(text);
  if (!version.ok()) return RequireShowable(version.status());
  Require(!version->has_value() || !text.empty(), "an empty value asks for no version");
  if (!version->has_value()) return;
  Require(
      text.find(FullName(**version)) != absl::string_view::npos || text.find('\\') != absl::string_view::npos,
      "the version that is found stands in the text");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
