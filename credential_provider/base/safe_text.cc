#include "credential_provider/base/safe_text.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace credential_provider {
namespace {

struct Range {
  uint32_t first, last;
};

constexpr Range kUnsafe[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

// What is beyond U+FFFF is two halves in JSON.
std::string EscapedInJson(uint32_t code) {
  if (code < 0x10000) return absl::StrFormat("\\u%04x", code);
  code -= 0x10000;
  return absl::StrFormat("\\u%04x\\u%04x", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
}

// YAML has no halves.
std::string EscapedInYaml(uint32_t code) {
  return code < 0x10000 ? absl::StrFormat("\\u%04x", code) : absl::StrFormat("\\U%08x", code);
}

std::string EscapeUnsafe(absl::string_view text, std::string (*escaped)(uint32_t)) {
  std::string safe;
  while (!text.empty()) {
    const size_t length = std::max<size_t>(Utf8Length(text), 1);
    const absl::string_view character = text.substr(0, length);
    // What is ASCII is escaped already, or the layout.
    const bool escape = (length > 1 || character[0] == 0x7F) && IsUnsafe(character);
    safe += escape ? escaped(CodePoint(character)) : std::string(character);
    text.remove_prefix(length);
  }
  return safe;
}

bool EndsLineOrIsTab(absl::string_view text) {
  return text[0] == '\n' || text[0] == '\t' || absl::StartsWith(text, "\r\n");
}

}  // namespace

// The second byte has narrower bounds after some first bytes, which keep out overlong forms, surrogates and
// what is beyond U+10FFFF.
size_t Utf8Length(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const size_t length = lead < 0x80   ? 1
                        : lead < 0xC2 ? 0
                        : lead < 0xE0 ? 2
                        : lead < 0xF0 ? 3
                        : lead < 0xF5 ? 4
                                      : 0;
  if (length <= 1 || length > text.size()) return length == 1 ? 1 : 0;
  const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

uint32_t CodePoint(absl::string_view character) {
  const auto byte = [character](size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  uint32_t code = byte(0) & (0x7Fu >> character.size());
  for (size_t i = 1; i < character.size(); ++i) code = code << 6 | (byte(i) & 0x3F);
  return code;
}

bool IsUnsafe(absl::string_view character) {
  const uint32_t code = CodePoint(character);
  return std::any_of(std::begin(kUnsafe), std::end(kUnsafe),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

std::string SafeLines(absl::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    const bool shown = length > 0 && (EndsLineOrIsTab(text) || !IsUnsafe(text.substr(0, length)));
    absl::StrAppend(&safe, shown ? text.substr(0, length) : "?");
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return safe;
}

std::string SafeJson(absl::string_view json) { return EscapeUnsafe(json, &EscapedInJson); }

std::string SafeYaml(absl::string_view yaml) { return EscapeUnsafe(yaml, &EscapedInYaml); }

}  // namespace credential_provider
