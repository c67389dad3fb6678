#include "credential_provider/store/credential_key.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace credential_provider {

CredentialKey& CredentialKey::Add(absl::string_view name, absl::string_view value) {
  absl::StrAppend(&text_, name, " ", value.size(), " ", value, "\n");
  return *this;
}

std::string CredentialKey::FileName() const {
  // FNV-1a, 64 bits. Two keys with one name would only displace each other's entries.
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text_) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

}  // namespace credential_provider
