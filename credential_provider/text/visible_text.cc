#include "credential_provider/text/visible_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

const char* NameOf(unsigned char c) {
  if (c == '\n' || c == '\r') return "a line break";
  if (c == ' ' || c == '\t') return "a blank";
  return c < 0x80 ? "a control character" : "a character outside ASCII";
}

}  // namespace

absl::StatusOr<std::string> VisibleText(const FoundValue& found) {
  const absl::string_view text = absl::StripAsciiWhitespace(found.value);
  const auto bad =
      std::find_if_not(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isgraph(c); });
  if (bad == text.end()) return std::string(text);
  return WithHint(absl::InvalidArgumentError(absl::StrCat(
                      found.place, ": ", NameOf(static_cast<unsigned char>(*bad)), " inside the value")),
                  "copy the value again: it is one word of letters, digits and signs");
}

}  // namespace credential_provider
