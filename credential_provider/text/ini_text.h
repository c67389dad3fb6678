// INI text: sections of keys and values.
#ifndef CREDENTIAL_PROVIDER_TEXT_INI_TEXT_H_
#define CREDENTIAL_PROVIDER_TEXT_INI_TEXT_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

using IniSection = std::map<std::string, std::string>;

// Parses `text` as the SDKs' several parsers agree to: "[section]", "key = value" or "key: value", lines that
// begin with '#' or ';' and what follows either after a value are comments, a value in "..." or '...' or
// `...` is taken as it is. What is repeated counts the last time. InvalidArgument, with the line's number and
// none of its text, for anything else.
absl::StatusOr<std::map<std::string, IniSection>> ParseIni(absl::string_view text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_INI_TEXT_H_
