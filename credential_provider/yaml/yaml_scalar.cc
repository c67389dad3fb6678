#include "credential_provider/yaml/yaml_scalar.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kStringTag = "tag:yaml.org,2002:str";
constexpr absl::string_view kYamlTags = "tag:yaml.org,2002:";

constexpr std::array<absl::string_view, 5> kNulls = {"", "~", "null", "Null", "NULL"};
constexpr std::array<absl::string_view, 11> kTrue = {"y",    "Y",    "yes", "Yes", "YES", "on",
                                                     "true", "True", "On",  "ON",  "TRUE"};
constexpr std::array<absl::string_view, 11> kFalse = {"n",     "N",     "no",  "No",  "NO",   "off",
                                                      "false", "False", "Off", "OFF", "FALSE"};
constexpr std::array<absl::string_view, 12> kNotFinite = {
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"};

template <size_t N>
bool Contains(const std::array<absl::string_view, N>& words, absl::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

size_t CountDigits(absl::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), absl::ascii_isdigit);
  return static_cast<size_t>(end - text.begin());
}

bool ConsumeSign(absl::string_view* text) {
  if (text->empty() || (text->front() != '+' && text->front() != '-')) return false;
  text->remove_prefix(1);
  return true;
}

// True for "12", "1.", ".5", "1.5e3": digits on at least one side of the point, and an exponent if any.
bool IsDecimal(absl::string_view text) {
  size_t digits = CountDigits(text);
  text.remove_prefix(digits);
  if (absl::ConsumePrefix(&text, ".")) {
    const size_t fraction = CountDigits(text);
    text.remove_prefix(fraction);
    digits += fraction;
  }
  if (digits == 0 || text.empty()) return digits > 0;
  if (!absl::ConsumePrefix(&text, "e") && !absl::ConsumePrefix(&text, "E")) return false;
  ConsumeSign(&text);
  return !text.empty() && CountDigits(text) == text.size();
}

bool HasOnlyDigits(absl::string_view text, int base) {
  const auto is_digit = [base](char c) {
    if (base == 16) return absl::ascii_isxdigit(static_cast<unsigned char>(c));
    return c >= '0' && c < '0' + base;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// True for 0x1F, 0o17 and 0b1. One that does not fit 64 bits is text for kubectl; nobody should rely on it.
bool IsPrefixedInteger(absl::string_view text) {
  if (text.size() < 3 || text[0] != '0') return false;
  const char letter = absl::ascii_tolower(static_cast<unsigned char>(text[1]));
  text.remove_prefix(2);
  if (letter == 'x') return HasOnlyDigits(text, 16);
  if (letter == 'o') return HasOnlyDigits(text, 8);
  return letter == 'b' && HasOnlyDigits(text, 2);
}

// Underscores may stand anywhere behind the first character.
bool IsNumber(absl::string_view plain) {
  if (plain.empty() || (!absl::ascii_isdigit(static_cast<unsigned char>(plain[0])) && plain[0] != '+' &&
                        plain[0] != '-' && plain[0] != '.')) {
    return false;
  }
  const std::string digits = plain[0] == '.' ? std::string(plain) : absl::StrReplaceAll(plain, {{"_", ""}});
  absl::string_view rest = digits;
  ConsumeSign(&rest);
  return IsPrefixedInteger(rest) || IsDecimal(rest);
}

}  // namespace

YamlType TypeOfPlain(absl::string_view plain) {
  constexpr absl::string_view kBeginnings = "~nNyYoOtTfF.+-";
  constexpr size_t kLongest = 5;
  const bool word = plain.size() <= kLongest && (plain.empty() || absl::StrContains(kBeginnings, plain[0]));
  if (!word) return IsNumber(plain) ? YamlType::kNumber : YamlType::kString;
  if (Contains(kNulls, plain)) return YamlType::kNull;
  if (Contains(kTrue, plain) || Contains(kFalse, plain)) return YamlType::kBool;
  if (Contains(kNotFinite, plain)) return YamlType::kNotFinite;
  return IsNumber(plain) ? YamlType::kNumber : YamlType::kString;
}

YamlType TypeOf(const YamlNode& scalar) {
  const absl::string_view tag = TagOf(scalar);
  if (tag.empty()) return scalar.style == YamlStyle::kPlain ? TypeOfPlain(scalar.value) : YamlType::kString;
  if (tag == kStringTag) return YamlType::kString;
  return absl::StartsWith(tag, kYamlTags) ? YamlType::kUnsupported : YamlType::kString;
}

bool BoolOfPlain(absl::string_view plain) { return Contains(kTrue, plain); }

absl::optional<std::string> TextOf(const YamlNode& node) {
  const YamlNode& scalar = Resolve(node);
  if (scalar.kind != YamlKind::kScalar) return absl::nullopt;
  const YamlType type = TypeOf(scalar);
  if (type == YamlType::kNull) return std::string();
  if (type != YamlType::kString) return absl::nullopt;
  return std::string(scalar.value);
}

}  // namespace credential_provider
