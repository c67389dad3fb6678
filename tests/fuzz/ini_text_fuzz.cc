// The SDKs' credentials file.
#include "credential_provider/text/ini_text.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(absl::string_view text) {
  const auto sections = ParseIni(text);
  if (!sections.ok()) return RequireShowable(sections.status());
  for (const auto& [name, section] : *sections) {
    Require(text.find(name) != absl::string_view::npos, "a section's name stands in the file");
    for (const auto& [key, value] : section) {
      Require(text.find(key) != absl::string_view::npos, "a key stands in the file");
      Require(text.find(value) != absl::string_view::npos, "a value stands in the file");
      Require(value.find('\n') == std::string::npos, "a value is on one line");
    }
  }
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
