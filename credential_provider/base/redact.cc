#include "credential_provider/base/redact.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr size_t kShortestRun = 8;
constexpr size_t kLongestWord = 48;
constexpr char kMask[] = "<secret>";

// The forms in which a server may repeat a secret.
std::vector<std::string> FormsOf(const Secret& secret) {
  std::string encoded;
  for (const char c : secret.Reveal()) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return {secret.Reveal(), encoded};
}

// Marks each byte of `text` that belongs to a run shared with `form`. A secret shorter than a run counts
// whole.
void MarkShared(absl::string_view text, absl::string_view form, std::vector<bool>* masked) {
  const size_t run = std::min(form.size(), kShortestRun);
  if (run == 0) return;
  for (size_t i = 0; i + run <= text.size(); ++i) {
    if (!absl::StrContains(form, text.substr(i, run))) continue;
    std::fill_n(masked->begin() + static_cast<ptrdiff_t>(i), run, true);
  }
}

void MarkLongWords(absl::string_view text, std::vector<bool>* masked) {
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !absl::ascii_isspace(static_cast<unsigned char>(text[i]))) continue;
    if (i - begin > kLongestWord)
      std::fill(masked->begin() + static_cast<ptrdiff_t>(begin), masked->begin() + static_cast<ptrdiff_t>(i),
                true);
    begin = i + 1;
  }
}

}  // namespace

std::string Redact(absl::string_view text, absl::Span<const Secret* const> secrets) {
  if (absl::StrContains(text, "-----BEGIN")) return kMask;
  std::vector<bool> masked(text.size(), false);
  for (const Secret* secret : secrets) {
    for (const std::string& form : FormsOf(*secret)) MarkShared(text, form, &masked);
  }
  MarkLongWords(text, &masked);
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!masked[i]) {
      result += text[i];
    } else if (i == 0 || !masked[i - 1]) {
      result += kMask;
    }
  }
  return Printable(result);
}

}  // namespace credential_provider
