// What the program of a profile of mode External prints.
#include "credential_provider/sources/external_command.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(const Secret& output) {
  const absl::StatusOr<AccessKey> key = ParsePrintedKey(output);
  if (!key.ok()) return RequireShowable(key.status());
  Require(!key->id.empty() && !key->secret.empty(), "a key is whole");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(
      credential_provider::Secret(std::string(reinterpret_cast<const char*>(data), size)));
  return 0;
}
