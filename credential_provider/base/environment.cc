#include "credential_provider/base/environment.h"

#include <cstring>

#include "absl/strings/str_cat.h"

namespace credential_provider {

absl::string_view Environment::Get(absl::string_view name) const {
  for (const char* const* entry = entries_; *entry != nullptr; ++entry) {
    if (**entry != name[0]) continue;  // spares most of the calls
    if (std::strncmp(*entry, name.data(), name.size()) == 0 && (*entry)[name.size()] == '=') {
      return *entry + name.size() + 1;
    }
  }
  return "";
}

std::string InHome(const Environment& environment, absl::string_view below) {
  absl::string_view home = environment.Get("HOME");
  while (!home.empty() && home.back() == '/') home.remove_suffix(1);
  return absl::StrCat(home, below);
}

}  // namespace credential_provider
