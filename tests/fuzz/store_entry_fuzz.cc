// A stored credential: the text of its key, and after a line "--" what is found in its place.
#include "credential_provider/kubernetes/exec_credential.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void CheckKey(const std::string& text) {
  const CredentialKey key = CredentialKey::FromText(text);
  Require(key.FileName().size() == 16, "a file name is 16 hex digits");
  for (const char* name : {"issuer", "identity", "cluster", ""}) key.Part(name);
}

void CheckSame(const Entry& entry, absl::string_view key_text) {
  const absl::optional<Entry> again = ParseEntry(FormatEntry(key_text, entry), key_text);
  Require(again.has_value(), "what is written can be read");
  Require(again->payload.Reveal() == entry.payload.Reveal(), "the same comes back");
  Require(again->issued == entry.issued && again->expiration == entry.expiration, "the same times come back");
  Require(EndOf(*again) >= again->expiration, "an entry ends after what it says");
}

void Check(const std::string& key_text, absl::string_view data) {
  CheckKey(key_text);
  const absl::optional<std::string> found_key = KeyTextOfEntry(data);
  const absl::optional<Entry> entry = ParseEntry(data, key_text);
  Require(!entry || found_key == key_text, "an entry of another key is a miss");
  if (!found_key) return;
  CheckKey(*found_key);
  const absl::optional<Entry> foreign = ParseEntry(data, *found_key);
  Require(foreign.has_value(), "an entry is found under its own key");
  CheckSame(*foreign, key_text);
  WithoutExpiration(foreign->payload.Reveal());
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  const std::string key_text(input.Until("--\n"));
  credential_provider::Check(key_text, input.Rest());
  return 0;
}
