// A status on its way from one process of this program to another.
#ifndef CREDENTIAL_PROVIDER_TEXT_STATUS_JSON_H_
#define CREDENTIAL_PROVIDER_TEXT_STATUS_JSON_H_

#include <string>

#include "absl/status/status.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// Returns code, message and hint of `status` as an object.
nlohmann::json StatusToJson(const absl::Status& status);

// The inverse. REQUIRES: `json` is what StatusToJson has returned.
absl::Status StatusFromJson(const nlohmann::json& json);

// Returns `json` as bytes that parse() gives back. What is not UTF-8 in it is replaced.
std::string Packed(const nlohmann::json& json);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_STATUS_JSON_H_
