#include "credential_provider/text/ini_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr char kCommentStarts[] = "#;";
constexpr absl::string_view kQuotes = "\"'`";

std::string ValueOf(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (!text.empty() && kQuotes.find(text.front()) != absl::string_view::npos) {
    const size_t end = text.find(text.front(), 1);
    if (end != absl::string_view::npos) return std::string(text.substr(1, end - 1));
  }
  return std::string(absl::StripAsciiWhitespace(text.substr(0, text.find_first_of(kCommentStarts))));
}

absl::Status Malformed(int line) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, ": neither [section] nor key = value"));
}

}  // namespace

absl::StatusOr<std::map<std::string, IniSection>> ParseIni(absl::string_view text) {
  std::map<std::string, IniSection> sections;
  IniSection* section = nullptr;
  int number = 0;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // a byte order mark
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line[0] == '[') {
      const size_t end = line.find(']');
      if (end == absl::string_view::npos) return Malformed(number);
      section = &sections[std::string(absl::StripAsciiWhitespace(line.substr(1, end - 1)))];
      continue;
    }
    const size_t separator = line.find_first_of("=:");
    if (section == nullptr || separator == absl::string_view::npos) return Malformed(number);
    (*section)[std::string(absl::StripAsciiWhitespace(line.substr(0, separator)))] =
        ValueOf(line.substr(separator + 1));
  }
  return sections;
}

}  // namespace credential_provider
