#include "credential_provider/identity/identity_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {
namespace {

constexpr size_t kFingerprintDigits = 32;

bool IsFingerprint(absl::string_view word) {
  return absl::ConsumePrefix(&word, "#") && word.size() == kFingerprintDigits &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isxdigit(c); });
}

constexpr char kPlain[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/@+=,%?&#*!|()[]";

}  // namespace

IdentityText& IdentityText::Add(absl::string_view name, absl::string_view value) {
  if (value.empty()) return *this;
  const bool plain = value.find_first_not_of(kPlain) == absl::string_view::npos;
  absl::StrAppend(&text_, text_.empty() ? "" : " ", name, " ",
                  plain ? std::string(value) : absl::StrCat("\"", absl::CEscape(value), "\""));
  return *this;
}

IdentityText& IdentityText::AddHidden(absl::string_view name, absl::string_view value) {
  if (value.empty()) return *this;
  return Add(name, absl::StrCat("#", Fingerprint(CredentialKey().Add(name, value).text())));
}

std::string ShownIdentity(absl::string_view who) {
  std::vector<absl::string_view> words = absl::StrSplit(who, ' ');
  for (absl::string_view& word : words) {
    if (IsFingerprint(word)) word = "(hidden)";
  }
  return absl::StrJoin(words, " ");
}

}  // namespace credential_provider
