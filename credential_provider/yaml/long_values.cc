#include "credential_provider/yaml/long_values.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/base64_digits.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kKeyEnd = "data: ";
constexpr size_t kLong = 64;  // shorter values are not worth a cut
constexpr size_t kLeft = 8;   // what is left is still text, whatever it begins with

bool IsKeyByte(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '-'; }

// True when a line begins, with blanks and dashes, and then a key, and nothing else up to `offset`.
bool HasKeyBefore(absl::string_view text, size_t offset) {
  while (offset > 0 && IsKeyByte(text[offset - 1])) --offset;
  while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '-')) --offset;
  return offset == 0 || text[offset - 1] == '\n';
}

// Returns the end of the line when base64 reaches from `begin` to there, else `begin`.
size_t EndOfBase64(absl::string_view text, size_t begin) {
  size_t end = begin + CountBase64Digits(text.substr(begin));
  while (end < text.size() && text[end] == '=') ++end;
  return end == text.size() || text[end] == '\n' || text[end] == '\r' ? end : begin;
}

}  // namespace

LongValues::LongValues(absl::string_view text, bool cut) {
  size_t copied = 0;
  for (size_t at = 0; cut && (at = text.find(kKeyEnd, at)) != absl::string_view::npos;) {
    const size_t begin = at + kKeyEnd.size();
    const size_t end = EndOfBase64(text, begin);
    if (end - begin >= kLong && HasKeyBefore(text, at)) {
      absl::StrAppend(&short_text_, text.substr(copied, begin + kLeft - copied));
      cuts_.push_back({begin, end, short_text_.size()});
      copied = end;
    }
    at = std::max(begin, end);
  }
  absl::StrAppend(&short_text_, text.substr(copied));
}

size_t LongValues::ToLong(size_t offset) {
  while (before_ < cuts_.size() && cuts_[before_].short_end <= offset) ++before_;
  while (before_ > 0 && cuts_[before_ - 1].short_end > offset) --before_;
  return before_ == 0 ? offset : offset - cuts_[before_ - 1].short_end + cuts_[before_ - 1].end;
}

bool LongValues::SawPlain(size_t begin, size_t end) {
  const bool cut = !SawAll() && cuts_[seen_].begin == begin && cuts_[seen_].end == end;
  if (cut) ++seen_;
  return cut;
}

}  // namespace credential_provider
