// What a scalar means to kubectl, which reads YAML 1.1: there `n`, `0o17` and `1_000` are not text.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_SCALAR_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_SCALAR_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace credential_provider {

enum class YamlType {
  kString,
  kNull,
  kBool,
  kNumber,
  kNotFinite,    // .inf and .nan, which JSON does not have
  kUnsupported,  // a tag other than !!str and those of an application
};

// Returns what `plain`, written without quotes, is read as.
YamlType TypeOfPlain(absl::string_view plain);

// Returns the type of a scalar node. REQUIRES: `scalar` is one.
YamlType TypeOf(const YamlNode& scalar);

// Returns the value of a bool ("yes", "Off"). REQUIRES: TypeOfPlain(plain) == kBool.
bool BoolOfPlain(absl::string_view plain);

// Returns what kubectl takes `node` for where it needs text: a string, or "" for null. Nothing for other
// types.
absl::optional<std::string> TextOf(const YamlNode& node);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_SCALAR_H_
