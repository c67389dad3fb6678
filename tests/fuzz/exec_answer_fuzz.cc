// What another exec plugin prints, and what we then print in its place.
#include "credential_provider/kubernetes/exec_credential.h"
#include "credential_provider/kubernetes/exec_credential_parser.h"
#include "nlohmann/json.hpp"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

// client-go reads times as Go does: RFC 3339, with four digits for the year.
void CheckTime(const std::string& time) {
  std::string form = time;
  for (char& c : form) c = c >= '0' && c <= '9' ? '9' : c;
  Require(form == "9999-99-99T99:99:99Z", "a timestamp is one that Go can read");
}

void Check(absl::string_view text) {
  const absl::StatusOr<Credential> credential = ParseExecCredential(text);
  if (!credential.ok()) return RequireShowable(credential.status());
  const absl::optional<absl::Time> expiration =
      ExpirationToPrint(credential->expires, absl::FromUnixSeconds(1767323045));
  const std::string status = RenderStatus(*credential, expiration);
  const std::string answer = RenderExecCredential(ExecApiVersion::kV1, status);
  Require(answer.find('\n') == answer.size() - 1, "an answer is one line");
  const nlohmann::json printed = nlohmann::json::parse(answer, nullptr, false);
  Require(printed.is_object(), "an answer is JSON");
  if (expiration) CheckTime(printed["status"]["expirationTimestamp"].get<std::string>());
  Require(ParseExecCredential(answer).ok(), "what we print is as good as what we read");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
