#include "credential_provider/yaml/yaml_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/yaml/yaml_scalar.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kPlainSigns = "_-./:@=+,~^()%$ ";
constexpr absl::string_view kPlainSignsInFlow = "_-./@=+~^()%$ ";

bool IsPlainIn(absl::string_view text, absl::string_view signs) {
  return std::all_of(text.begin(), text.end(), [signs](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains(signs, c);
  });
}

// Letters, "_x", "/x", "./x", "-x", "--x". What begins like a number, a date or an indicator is not safe.
bool BeginsSafely(absl::string_view text) {
  if (absl::StartsWith(text, "./") || absl::StartsWith(text, "../")) return true;
  for (int dashes = 0; dashes < 2 && absl::StartsWith(text, "-"); ++dashes) text.remove_prefix(1);
  if (text.empty()) return false;
  return absl::ascii_isalpha(static_cast<unsigned char>(text[0])) || text[0] == '_' || text[0] == '/';
}

bool IsSafe(absl::string_view text, absl::string_view signs) {
  return BeginsSafely(text) && IsPlainIn(text, signs) && !absl::EndsWith(text, " ") &&
         !absl::EndsWith(text, ":") && !absl::StrContains(text, ": ") &&
         TypeOfPlain(absl::AsciiStrToLower(text)) == YamlType::kString;
}

// Characters beyond ASCII that YAML takes for line breaks or does not allow: C1, U+2028, U+2029, U+FEFF.
size_t SizeOfSpecial(absl::string_view text) {
  const auto byte = [text](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 3;
  return 0;
}

unsigned DecodeSpecial(absl::string_view text, size_t size) {
  const auto low = [text](size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[i]) & 0x3F);
  };
  if (size == 2) return (2u << 6) | low(1);
  return ((static_cast<unsigned>(static_cast<unsigned char>(text[0])) & 0xF) << 12) | (low(1) << 6) | low(2);
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool FitsSingleQuotes(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsControl(text[i]) || SizeOfSpecial(text.substr(i)) > 0) return false;
  }
  return true;
}

std::string Escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      return IsControl(c) ? absl::StrFormat("\\u%04X", static_cast<unsigned>(c)) : std::string(1, c);
  }
}

std::string DoubleQuoted(absl::string_view text) {
  std::string quoted = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t special = SizeOfSpecial(text.substr(i));
    if (special == 0) {
      quoted += Escaped(text[i]);
    } else {
      absl::StrAppendFormat(&quoted, "\\u%04X", DecodeSpecial(text.substr(i), special));
      i += special - 1;
    }
  }
  return quoted + '"';
}

}  // namespace

bool IsPlainSafe(absl::string_view text) { return IsSafe(text, kPlainSigns); }

bool IsPlainSafeInFlow(absl::string_view text) { return IsSafe(text, kPlainSignsInFlow); }

std::string Quote(absl::string_view text, char quote) {
  if (quote == '"' || !FitsSingleQuotes(text)) return DoubleQuoted(text);
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
}

}  // namespace credential_provider
