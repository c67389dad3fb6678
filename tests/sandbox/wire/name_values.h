// Names with values, in the order sent, as headers and parameters are.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_NAME_VALUES_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_NAME_VALUES_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace sandbox {

using NameValues = std::vector<std::pair<std::string, std::string>>;

// Returns the value of the first pair with this name, or "".
inline std::string ValueOf(const NameValues& values, absl::string_view name) {
  for (const auto& [key, value] : values) {
    if (key == name) return value;
  }
  return "";
}

// Tells whether there is a pair with this name.
inline bool Contains(const NameValues& values, absl::string_view name) {
  return std::any_of(values.begin(), values.end(), [&](const auto& pair) { return pair.first == name; });
}

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_NAME_VALUES_H_
