// Text from outside on its way to a terminal: a line with the secret, and what a server has said.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/text/redact.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/utf8.h"

namespace credential_provider {
namespace {

constexpr char kMask[] = "<secret>";
constexpr size_t kShortestRun = 8;

// "\x01" in the text stands for the secret, which no fuzzer would guess.
void Check(absl::string_view secret_text, absl::string_view text) {
  const Secret secret{std::string(secret_text)};
  const Secret* const secrets[] = {&secret};
  const std::string shown = Redact(absl::StrReplaceAll(text, {{"\x01", secret_text}}), secrets);
  Require(IsPlainUtf8(shown), "what is shown is text without control characters");
  // What stands instead of something else may look like a part of such a secret.
  if (secret_text.find_first_of("? .") != absl::string_view::npos) return;
  const std::string open = absl::StrReplaceAll(shown, {{kMask, "\n"}});
  for (size_t i = 0; i + kShortestRun <= open.size(); ++i) {
    Require(!absl::StrContains(secret_text, open.substr(i, kShortestRun)), "no part of a secret is shown");
  }
  Require(!absl::StrContains(open, "-----BEGIN"), "no key is shown");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  const absl::string_view secret = input.Until("\n");
  credential_provider::Check(secret, input.Rest());
  return 0;
}
