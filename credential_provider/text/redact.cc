#include "credential_provider/text/redact.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr size_t kShortestRun = 8;
constexpr size_t kShortestSecret = 3;
constexpr size_t kLongestWord = 48;
constexpr size_t kLongestText = 64 << 10;  // of which nobody shows more than a line
constexpr char kMask[] = "<secret>";

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// Text as it is compared, and where in the original each of its characters stands.
struct View {
  std::string characters;
  std::vector<std::pair<size_t, size_t>> places;  // begin and end

  void Add(char c, size_t begin, size_t end) {
    characters += absl::ascii_tolower(static_cast<unsigned char>(c));
    places.emplace_back(begin, end);
  }
};

View AsItIs(absl::string_view text) {
  View view;
  for (size_t i = 0; i < text.size(); ++i) view.Add(text[i], i, i + 1);
  return view;
}

// Reads `count` hex digits from `*i`, after which it then points.
bool ReadHex(absl::string_view text, size_t count, size_t* i, char* c) {
  if (*i + count > text.size()) return false;
  uint32_t value = 0;
  for (size_t k = *i; k < *i + count; ++k) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(text[k]))) return false;
    const char digit = absl::ascii_tolower(static_cast<unsigned char>(text[k]));
    value = value * 16 + static_cast<uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  *c = value < 0x80 ? static_cast<char>(value) : ' ';
  *i += count;
  return true;
}

// Behind a backslash: a character as JSON, C and shells escape it.
char Unescaped(absl::string_view text, size_t* i) {
  char c = text[*i];
  ++*i;
  if (c == 'u') return ReadHex(text, 4, i, &c) ? c : 'u';
  if (c == 'x') return ReadHex(text, 2, i, &c) ? c : 'x';
  return absl::StrContains("nrtbf", absl::string_view(&c, 1)) ? ' ' : c;
}

// Behind '&': a character that XML escapes, by its number or by a name, which is one of punctuation's.
char UnescapedXml(absl::string_view text, size_t* i) {
  constexpr size_t kLongest = 6;
  const size_t end = text.substr(*i, kLongest + 1).find(';');
  if (end == absl::string_view::npos) return '&';
  const absl::string_view name = text.substr(*i, end);
  if (name.empty() ||
      (name[0] != '#' && name != "amp" && name != "lt" && name != "gt" && name != "quot" && name != "apos")) {
    return '&';
  }
  *i += end + 1;
  int code = 0;
  size_t digits = 2;
  char c = ' ';
  if (absl::StartsWith(name, "#x")) return ReadHex(name, name.size() - 2, &digits, &c) ? c : ' ';
  return absl::StartsWith(name, "#") && absl::SimpleAtoi(name.substr(1), &code) && code > 0 && code < 0x80
             ? static_cast<char>(code)
             : ' ';
}

// Takes the character at `*i`, decoded.
char NextDecoded(absl::string_view text, size_t* i) {
  const char c = text[*i];
  ++*i;
  char decoded;
  if (c == '%' && ReadHex(text, 2, i, &decoded)) return decoded;
  if (c == '\\' && *i < text.size()) return Unescaped(text, i);
  return c == '&' ? UnescapedXml(text, i) : c;
}

// Decoded, and of that the letters and digits alone: so it does not matter how the rest was written, or which
// alphabet of base64 it is.
View Essence(absl::string_view text) {
  View view;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const char c = NextDecoded(text, &i);
    if (IsAlnum(c)) view.Add(c, begin, i);
  }
  return view;
}

std::string AlnumOf(absl::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result), IsAlnum);
  return absl::AsciiStrToLower(result);
}

std::string PercentEncoded(absl::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (IsAlnum(c)) {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

// What of the base64 of a text depends on `secret` alone, when `before` bytes and a multiple of three stand
// in front of it.
std::string Base64Of(absl::string_view secret, size_t before) {
  const std::string whole = absl::Base64Escape(absl::StrCat(std::string(before, '\0'), secret));
  const size_t begin = (before * 8 + 5) / 6, end = (before + secret.size()) * 8 / 6;
  return whole.substr(begin, end > begin ? end - begin : 0);
}

uint64_t PackedAt(absl::string_view text, size_t i) {
  uint64_t packed = 0;
  for (size_t k = i; k < i + kShortestRun; ++k) packed = packed << 8 | static_cast<unsigned char>(text[k]);
  return packed;
}

// The runs of one view of a text, found by what they are.
class Runs {
 public:
  explicit Runs(View view) : view_(std::move(view)) {
    for (size_t i = 0; i + kShortestRun <= view_.characters.size(); ++i)
      runs_.emplace_back(PackedAt(view_.characters, i), i);
    std::sort(runs_.begin(), runs_.end());
  }

  // Marks, in `masked`, what the text shares with `form`, which is in lower case.
  void MarkShared(absl::string_view form, std::vector<bool>* masked) const {
    for (size_t i = 0; i + kShortestRun <= form.size(); ++i) {
      const uint64_t run = PackedAt(form, i);
      auto found = std::lower_bound(runs_.begin(), runs_.end(), std::make_pair(run, size_t{0}));
      for (; found != runs_.end() && found->first == run; ++found) Mark(found->second, masked);
    }
  }

 private:
  void Mark(size_t i, std::vector<bool>* masked) const {
    const size_t begin = view_.places[i].first, end = view_.places[i + kShortestRun - 1].second;
    std::fill(masked->begin() + static_cast<ptrdiff_t>(begin), masked->begin() + static_cast<ptrdiff_t>(end),
              true);
  }

  const View view_;
  std::vector<std::pair<uint64_t, size_t>> runs_;
};

// Marks a secret that is shorter than a run.
void MarkWhole(absl::string_view text, absl::string_view form, std::vector<bool>* masked) {
  if (form.size() < kShortestSecret || form.size() >= kShortestRun) return;
  for (size_t i = text.find(form); i != absl::string_view::npos; i = text.find(form, i + 1))
    std::fill_n(masked->begin() + static_cast<ptrdiff_t>(i), form.size(), true);
}

// Key material is written in ASCII. Chinese has no blanks between its words, and each of its characters ends
// one here.
void MarkLongWords(absl::string_view text, std::vector<bool>* masked) {
  size_t begin = 0;
  for (size_t i = 0; i <= text.size();) {
    const size_t character = i < text.size() ? Utf8Length(text.substr(i)) : 0;
    const size_t length = std::max<size_t>(character, 1);
    const bool ends =
        i == text.size() || character > 1 || absl::ascii_isspace(static_cast<unsigned char>(text[i]));
    if (ends && i - begin > kLongestWord)
      std::fill(masked->begin() + static_cast<ptrdiff_t>(begin), masked->begin() + static_cast<ptrdiff_t>(i),
                true);
    i += length;
    if (ends) begin = i;
  }
}

void MarkSecrets(absl::string_view text, absl::Span<const Secret* const> secrets, std::vector<bool>* masked) {
  const Runs as_it_is(AsItIs(text)), essence(Essence(text));
  for (const Secret* secret : secrets) {
    const std::string& value = secret->Reveal();
    const std::string encoded = PercentEncoded(value);
    for (const std::string* form : {&value, &encoded}) {
      MarkWhole(text, *form, masked);
      as_it_is.MarkShared(absl::AsciiStrToLower(*form), masked);
    }
    const std::string plain = AlnumOf(value);
    essence.MarkShared(plain, masked);
    essence.MarkShared(std::string(plain.rbegin(), plain.rend()), masked);
    essence.MarkShared(absl::BytesToHexString(value), masked);
    for (const size_t before : {0, 1, 2}) essence.MarkShared(AlnumOf(Base64Of(value, before)), masked);
  }
}

}  // namespace

std::string Redact(absl::string_view text, absl::Span<const Secret* const> secrets) {
  if (absl::StrContains(text, "-----BEGIN")) return kMask;
  text = text.substr(0, kLongestText);
  std::vector<bool> masked(text.size(), false);
  MarkSecrets(text, secrets, &masked);
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
