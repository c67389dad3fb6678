// Which characters a text from outside may bring to a terminal, or to who reads a list.
#ifndef CREDENTIAL_PROVIDER_BASE_SAFE_TEXT_H_
#define CREDENTIAL_PROVIDER_BASE_SAFE_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the length of the well-formed UTF-8 character at the start of `text`, which is not empty, or 0.
size_t Utf8Length(absl::string_view text);

// Returns the code point of `character`, a well-formed one.
uint32_t CodePoint(absl::string_view character);

// Tells whether `character`, a well-formed one, makes a terminal do something, cannot be seen, or changes the
// order in which others are shown: control characters (U+0000 to U+001F, U+007F to U+009F), bidirectional
// controls, blanks without width, byte order marks, tags.
bool IsUnsafe(absl::string_view character);

// Returns `text` with '?' for each unsafe character and each byte that is not UTF-8. Tabs and the ends of
// lines stay.
std::string SafeLines(absl::string_view text);

// Returns `json`, which is JSON in UTF-8, with \uXXXX for each unsafe character in it: the same value.
std::string SafeJson(absl::string_view json);

// The same of YAML in which whatever is not ASCII is in double quotes.
std::string SafeYaml(absl::string_view yaml);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_SAFE_TEXT_H_
