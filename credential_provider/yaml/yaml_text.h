// Text as a YAML scalar.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_TEXT_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns true when `text` can stand without quotes and no YAML reader takes it for anything but this text:
// neither kubectl's YAML 1.1 nor a reader for which 12:30 is a number. In doubt false.
bool IsPlainSafe(absl::string_view text);

// The same within [] and {}, where commas, brackets and colons have more meanings.
bool IsPlainSafeInFlow(absl::string_view text);

// Returns `text` in quotes. Single quotes cannot hold line breaks and control characters: then, as with
// `quote` '"', in double quotes. What is in double quotes is also JSON. REQUIRES: `text` is UTF-8.
std::string Quote(absl::string_view text, char quote);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_TEXT_H_
