// The language in which the programs speak to a person.
#ifndef CREDENTIAL_PROVIDER_LANGUAGE_IN_LANGUAGE_H_
#define CREDENTIAL_PROVIDER_LANGUAGE_IN_LANGUAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

enum class Language { kEnglish, kChinese };

// Returns the language that the first of the values of LC_ALL, LC_MESSAGES and LANG that is not empty asks
// for, as setlocale(3) does: simplified Chinese for zh_CN, zh_SG and zh, in UTF-8 or without a word about it.
Language LanguageFor(absl::string_view lc_all, absl::string_view lc_messages, absl::string_view lang);

// Returns `english`, a message, a sentence or a paragraph on one line, in the language that the environment
// asks for. For what a person reads: data, names of columns and log lines are the same in every language.
std::string InLanguage(absl::string_view english);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LANGUAGE_IN_LANGUAGE_H_
