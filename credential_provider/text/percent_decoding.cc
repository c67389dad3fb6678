#include "credential_provider/text/percent_decoding.h"

#include "absl/strings/ascii.h"

namespace credential_provider {

std::string PercentDecode(absl::string_view text) {
  std::string decoded;
  for (; !text.empty(); text.remove_prefix(1)) {
    const bool escape = text.size() > 2 && text[0] == '%' &&
                        absl::ascii_isxdigit(static_cast<unsigned char>(text[1])) &&
                        absl::ascii_isxdigit(static_cast<unsigned char>(text[2]));
    decoded += escape ? static_cast<char>(std::stoi(std::string(text.substr(1, 2)), nullptr, 16)) : text[0];
    if (escape) text.remove_prefix(2);
  }
  return decoded;
}

}  // namespace credential_provider
