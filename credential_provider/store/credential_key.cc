#include "credential_provider/store/credential_key.h"

#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace credential_provider {
namespace {

// Takes the first part from the front of `rest`. False when there is none, or it is torn.
bool TakePart(absl::string_view* rest, absl::string_view* name, absl::string_view* value) {
  const size_t first = rest->find(' ');
  const size_t second = first == absl::string_view::npos ? first : rest->find(' ', first + 1);
  size_t size;
  if (second == absl::string_view::npos ||
      !absl::SimpleAtoi(rest->substr(first + 1, second - first - 1), &size) ||
      size >= rest->size() - second - 1) {
    return false;
  }
  *name = rest->substr(0, first);
  *value = rest->substr(second + 1, size);
  rest->remove_prefix(second + 1 + size + 1);
  return true;
}

}  // namespace

CredentialKey& CredentialKey::Add(absl::string_view name, absl::string_view value) {
  absl::StrAppend(&text_, name, " ", value.size(), " ", value, "\n");
  return *this;
}

CredentialKey CredentialKey::FromText(std::string text) {
  CredentialKey key;
  key.text_ = std::move(text);
  return key;
}

std::string CredentialKey::Part(absl::string_view name) const {
  absl::string_view rest = text_, part, value;
  while (TakePart(&rest, &part, &value)) {
    if (part == name) return std::string(value);
  }
  return "";
}

std::vector<std::pair<std::string, std::string>> CredentialKey::Parts() const {
  std::vector<std::pair<std::string, std::string>> parts;
  absl::string_view rest = text_, part, value;
  while (TakePart(&rest, &part, &value)) parts.emplace_back(part, value);
  return parts;
}

std::string CredentialKey::FileName() const {
  // FNV-1a, 64 bits. Two keys with one name would only displace each other's entries.
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text_) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

}  // namespace credential_provider
