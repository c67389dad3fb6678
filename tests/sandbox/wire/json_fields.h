// Reads optional fields of JSON from tests: what is missing or of another type gives the default.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_JSON_FIELDS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_JSON_FIELDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace sandbox {

// Parses `text`; an empty text is an empty object, and what is not a JSON object gives nothing.
inline absl::optional<nlohmann::json> ParseObject(absl::string_view text) {
  if (text.empty()) return nlohmann::json::object();
  nlohmann::json parsed = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (!parsed.is_object()) return {};
  return parsed;
}

inline const nlohmann::json* FieldOf(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

inline std::string StringField(const nlohmann::json& object, const char* name,
                               const std::string& missing = "") {
  const nlohmann::json* field = FieldOf(object, name);
  return field != nullptr && field->is_string() ? field->get<std::string>() : missing;
}

inline bool BoolField(const nlohmann::json& object, const char* name) {
  const nlohmann::json* field = FieldOf(object, name);
  return field != nullptr && field->is_boolean() && field->get<bool>();
}

inline absl::optional<int> IntField(const nlohmann::json& object, const char* name) {
  const nlohmann::json* field = FieldOf(object, name);
  if (field == nullptr || !field->is_number_integer()) return {};
  return field->get<int>();
}

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_JSON_FIELDS_H_
