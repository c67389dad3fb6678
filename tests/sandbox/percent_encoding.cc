#include "tests/sandbox/percent_encoding.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace sandbox {
namespace {

bool IsUnreserved(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '~';
}

bool IsEscapeAt(absl::string_view text, size_t i) {
  return text[i] == '%' && i + 2 < text.size() &&
         absl::ascii_isxdigit(static_cast<unsigned char>(text[i + 1])) &&
         absl::ascii_isxdigit(static_cast<unsigned char>(text[i + 2]));
}

std::string DecodePart(absl::string_view text, PlusMeans plus) {
  if (plus == PlusMeans::kPlus) return PercentDecode(text);
  return PercentDecode(absl::StrReplaceAll(text, {{"+", " "}}));
}

}  // namespace

std::string PercentEncode(absl::string_view text) {
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
    } else {
      absl::StrAppend(&out, "%", absl::AsciiStrToUpper(absl::BytesToHexString(absl::string_view(&c, 1))));
    }
  }
  return out;
}

std::string PercentDecode(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsEscapeAt(text, i)) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

NameValues ParseQuery(absl::string_view text, PlusMeans plus) {
  NameValues out;
  for (const absl::string_view part : absl::StrSplit(text, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    out.emplace_back(DecodePart(pair.first, plus), DecodePart(pair.second, plus));
  }
  return out;
}

std::string CanonicalPath(absl::string_view wire_path) {
  if (wire_path.empty()) return "/";
  std::vector<std::string> segments = absl::StrSplit(wire_path, '/');
  for (std::string& segment : segments) segment = PercentEncode(PercentDecode(segment));
  return absl::StrJoin(segments, "/");
}

std::string CanonicalQuery(NameValues query) {
  std::stable_sort(query.begin(), query.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
  return absl::StrJoin(query, "&", [](std::string* out, const auto& pair) {
    absl::StrAppend(out, PercentEncode(pair.first), "=", PercentEncode(pair.second));
  });
}

}  // namespace sandbox
