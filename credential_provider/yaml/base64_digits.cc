#include "credential_provider/yaml/base64_digits.h"

#include <array>

namespace credential_provider {
namespace {

constexpr std::array<unsigned char, 256> MakeDigits() {
  std::array<unsigned char, 256> digits = {};
  for (const char* c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; *c != '\0'; ++c) {
    digits[static_cast<unsigned char>(*c)] = 1;
  }
  return digits;
}

constexpr std::array<unsigned char, 256> kIsDigit = MakeDigits();

// 1 for a digit, 0 for all else.
int IsDigit(char c) { return kIsDigit[static_cast<unsigned char>(c)]; }

}  // namespace

size_t CountBase64Digits(absl::string_view text) {
  size_t count = 0;
  for (; count + 4 <= text.size(); count += 4) {
    const char* const four = &text[count];
    if ((IsDigit(four[0]) & IsDigit(four[1]) & IsDigit(four[2]) & IsDigit(four[3])) == 0) break;
  }
  while (count < text.size() && IsDigit(text[count]) == 1) ++count;
  return count;
}

}  // namespace credential_provider
