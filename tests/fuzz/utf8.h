// What a terminal may be shown, told independently of the code under test.
#ifndef CREDENTIAL_PROVIDER_TESTS_FUZZ_UTF8_H_
#define CREDENTIAL_PROVIDER_TESTS_FUZZ_UTF8_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Takes one character from the front of `text` by table 3-7 of the Unicode standard; returns false when it is
// not well-formed.
inline bool TakeCharacter(absl::string_view* text, uint32_t* character) {
  const auto byte = [text](size_t i) { return i < text->size() ? static_cast<uint8_t>((*text)[i]) : 0u; };
  const uint32_t lead = byte(0);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (lead >= 0x80 && lead < 0xC2) return false;
  *character = length == 1 ? lead : lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return false;
    *character = *character << 6 | (byte(i) & 0x3F);
  }
  text->remove_prefix(length);
  return *character >= kLeast[length] && *character <= 0x10FFFF &&
         (*character < 0xD800 || *character > 0xDFFF);
}

// Tells whether `character` is seen, and changes nothing but its own place: no control character, no change
// of the direction of writing, nothing without width, no tag.
inline bool IsVisible(uint32_t character) {
  const auto is_in = [character](uint32_t first, uint32_t last) {
    return character >= first && character <= last;
  };
  const bool control =
      is_in(0, 0x1F) || is_in(0x7F, 0x9F) || is_in(0xFFF9, 0xFFFB) || is_in(0xE0000, 0xE007F);
  const bool direction =
      character == 0x061C || is_in(0x200E, 0x200F) || is_in(0x2028, 0x202E) || is_in(0x2066, 0x206F);
  const bool no_width = character == 0xAD || character == 0x180E || is_in(0x200B, 0x200D) ||
                        is_in(0x2060, 0x2065) || character == 0xFEFF;
  return !control && !direction && !no_width;
}

// Tells whether `text` is UTF-8 of visible characters.
inline bool IsPlainUtf8(absl::string_view text) {
  while (!text.empty()) {
    uint32_t character;
    if (!TakeCharacter(&text, &character) || !IsVisible(character)) return false;
  }
  return true;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_FUZZ_UTF8_H_
