// The arguments of `get`, one a line, as an exec stanza holds them.
#include "absl/strings/str_split.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/invocation/invocation.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

absl::StatusOr<Invocation> Parsed(const std::vector<std::string>& args) {
  const absl::StatusOr<ParsedFlags> flags = ParseFlags(GetFlags(*IssuerKinds()[0]), args);
  if (!flags.ok()) return flags.status();
  return MakeInvocation(*IssuerKinds()[0], *flags);
}

void Check(absl::string_view text) {
  const std::vector<std::string> args = absl::StrSplit(text, '\n');
  const absl::StatusOr<Invocation> invocation = Parsed(args);
  if (!invocation.ok()) return RequireShowable(invocation.status());
  std::vector<std::string> formatted = FormatInvocation(*invocation);
  Require(formatted.size() >= 2 && formatted[0] == "get", "a stanza asks for a credential");
  const std::vector<std::string> flags(formatted.begin() + 2, formatted.end());
  const absl::StatusOr<Invocation> again = Parsed(flags);
  Require(again.ok(), "what is written into a stanza is accepted");
  Require(FormatInvocation(*again) == formatted, "and means the same");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
