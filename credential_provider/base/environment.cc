#include "credential_provider/base/environment.h"

#include <cstring>

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

}  // namespace credential_provider
