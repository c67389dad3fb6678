#include "credential_provider/language/in_language.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "credential_provider/language/catalogue.h"
#include "credential_provider/language/zh_cn.h"

namespace credential_provider {
namespace {

// How something is said is all that depends on it, so it need not be handed down to whatever may fail.
absl::string_view Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool IsUtf8(absl::string_view codeset) {
  const std::string name = absl::AsciiStrToLower(codeset);
  return name.empty() || name == "utf-8" || name == "utf8";
}

}  // namespace

Language LanguageFor(absl::string_view lc_all, absl::string_view lc_messages, absl::string_view lang) {
  const absl::string_view locale = !lc_all.empty() ? lc_all : !lc_messages.empty() ? lc_messages : lang;
  const absl::string_view without_modifier = locale.substr(0, locale.find('@'));
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(without_modifier, absl::MaxSplits('.', 1));
  const bool is_simplified = parts.first == "zh_CN" || parts.first == "zh_SG" || parts.first == "zh";
  return is_simplified && IsUtf8(parts.second) ? Language::kChinese : Language::kEnglish;
}

std::string InLanguage(absl::string_view english) {
  static const Language language = LanguageFor(Variable("LC_ALL"), Variable("LC_MESSAGES"), Variable("LANG"));
  if (language == Language::kEnglish) return std::string(english);
  static const auto* const catalogue = new Catalogue(kZhCn);
  return catalogue->Translate(english);
}

}  // namespace credential_provider
