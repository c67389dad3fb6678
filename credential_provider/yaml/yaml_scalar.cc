#include "credential_provider/yaml/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kStringTag = "tag:yaml.org,2002:str";
constexpr absl::string_view kYamlTags = "tag:yaml.org,2002:";

struct Word {
  absl::string_view text;
  YamlType type;
};

// The words that are no text, in the order of their bytes.
constexpr Word kWords[] = {
    {"", YamlType::kNull},           {"+.INF", YamlType::kNotFinite}, {"+.Inf", YamlType::kNotFinite},
    {"+.inf", YamlType::kNotFinite}, {"-.INF", YamlType::kNotFinite}, {"-.Inf", YamlType::kNotFinite},
    {"-.inf", YamlType::kNotFinite}, {".INF", YamlType::kNotFinite},  {".Inf", YamlType::kNotFinite},
    {".NAN", YamlType::kNotFinite},  {".NaN", YamlType::kNotFinite},  {".inf", YamlType::kNotFinite},
    {".nan", YamlType::kNotFinite},  {"FALSE", YamlType::kBool},      {"False", YamlType::kBool},
    {"N", YamlType::kBool},          {"NO", YamlType::kBool},         {"NULL", YamlType::kNull},
    {"No", YamlType::kBool},         {"Null", YamlType::kNull},       {"OFF", YamlType::kBool},
    {"ON", YamlType::kBool},         {"Off", YamlType::kBool},        {"On", YamlType::kBool},
    {"TRUE", YamlType::kBool},       {"True", YamlType::kBool},       {"Y", YamlType::kBool},
    {"YES", YamlType::kBool},        {"Yes", YamlType::kBool},        {"false", YamlType::kBool},
    {"n", YamlType::kBool},          {"no", YamlType::kBool},         {"null", YamlType::kNull},
    {"off", YamlType::kBool},        {"on", YamlType::kBool},         {"true", YamlType::kBool},
    {"y", YamlType::kBool},          {"yes", YamlType::kBool},        {"~", YamlType::kNull},
};

constexpr size_t kLongestWord = 5;

// The first bytes of words and numbers. Text that begins with another is text: most of what there is.
constexpr std::array<bool, 256> MakeFirsts() {
  std::array<bool, 256> firsts = {};
  for (const char c : "+-.0123456789FNOTYfnoty~") firsts[static_cast<unsigned char>(c)] = true;
  return firsts;
}

constexpr std::array<bool, 256> kFirsts = MakeFirsts();

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

// Underscores may stand anywhere after the first character.
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
  if (!plain.empty() && !kFirsts[static_cast<unsigned char>(plain[0])]) return YamlType::kString;
  if (plain.size() <= kLongestWord) {
    const auto* word =
        std::lower_bound(std::begin(kWords), std::end(kWords), plain,
                         [](const Word& known, absl::string_view text) { return known.text < text; });
    if (word != std::end(kWords) && word->text == plain) return word->type;
  }
  return IsNumber(plain) ? YamlType::kNumber : YamlType::kString;
}

YamlType TypeOf(const YamlNode& scalar) {
  const absl::string_view tag = TagOf(scalar);
  if (tag.empty()) return scalar.style == YamlStyle::kPlain ? TypeOfPlain(scalar.value()) : YamlType::kString;
  if (tag == kStringTag) return YamlType::kString;
  return absl::StartsWith(tag, kYamlTags) ? YamlType::kUnsupported : YamlType::kString;
}

bool BoolOfPlain(absl::string_view plain) {
  const char first = absl::ascii_tolower(static_cast<unsigned char>(plain[0]));
  return first == 'y' || first == 't' || absl::EqualsIgnoreCase(plain, "on");
}

absl::optional<std::string> TextOf(const YamlNode& node) {
  const YamlNode& scalar = Resolve(node);
  if (scalar.kind != YamlKind::kScalar) return absl::nullopt;
  const YamlType type = TypeOf(scalar);
  if (type == YamlType::kNull) return std::string();
  if (type != YamlType::kString) return absl::nullopt;
  return std::string(scalar.value());
}

}  // namespace credential_provider
