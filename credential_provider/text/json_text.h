// JSON that others wrote.
#ifndef CREDENTIAL_PROVIDER_TEXT_JSON_TEXT_H_
#define CREDENTIAL_PROVIDER_TEXT_JSON_TEXT_H_

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// Deeper than anything that is meant: nlohmann_json copies and prints a tree by recursion, which would end
// the program.
inline constexpr int kMaxJsonDepth = 500;

// Returns true when lists and objects in `text`, JSON or not, are in each other more than kMaxJsonDepth
// times.
bool IsTooDeep(absl::string_view text);

// Parses `text`; is_discarded() is true of the result when that is not JSON, or too deep.
template <typename Json = nlohmann::json>
Json ParseJson(absl::string_view text) {
  if (IsTooDeep(text)) return Json(nlohmann::json::value_t::discarded);
  return Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_JSON_TEXT_H_
