#include "credential_provider/identity/shown_key.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "credential_provider/identity/identity_text.h"

namespace credential_provider {
namespace {

constexpr char kHidden[] = "(hidden)";
constexpr size_t kFingerprintDigits = 32;
// Parts of a wrapped plugin's key: what it was told may be a password.
constexpr absl::string_view kHiddenParts[] = {"command", "environment", "cluster-info"};

bool IsFingerprint(absl::string_view value) {
  return value.size() == kFingerprintDigits &&
         std::all_of(value.begin(), value.end(), [](unsigned char c) { return absl::ascii_isxdigit(c); });
}

std::string ShownPart(absl::string_view name, absl::string_view value) {
  if (value.empty()) return "";
  if (IsFingerprint(value) || std::count(std::begin(kHiddenParts), std::end(kHiddenParts), name) != 0)
    return kHidden;
  return ShownIdentity(value);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ShownParts(const CredentialKey& key) {
  std::vector<std::pair<std::string, std::string>> parts = key.Parts();
  for (auto& [name, value] : parts) value = ShownPart(name, value);
  return parts;
}

}  // namespace credential_provider
