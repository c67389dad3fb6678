// A YAML node as the JSON value that kubectl makes of it.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_JSON_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_JSON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// Returns the value of `node`, with aliases and merge keys resolved. What JSON cannot hold becomes null.
nlohmann::json ToJson(const YamlNode& node);

// Returns the name that a mapping's key gets in JSON: kubectl turns the keys `n` and `0x10` into "false" and
// "16". Nothing for what cannot be a key there: null, fractions, lists and mappings.
absl::optional<std::string> KeyText(const YamlNode& key);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_JSON_H_
