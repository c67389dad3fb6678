#include "credential_provider/text/shell_words.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace credential_provider {
namespace {

constexpr char kSpecialInDoubleQuotes[] = "\"\\$`\n";

// Takes what is behind an opening `quote`, and the closing one, from the front of `rest`. Returns false when
// there is none.
bool TakeQuoted(char quote, absl::string_view* rest, std::string* word) {
  while (!rest->empty()) {
    char c = rest->front();
    rest->remove_prefix(1);
    if (c == quote) return true;
    const bool escapes = quote == '"' && c == '\\' && !rest->empty() &&
                         absl::StrContains(kSpecialInDoubleQuotes, rest->front());
    if (escapes) {
      c = rest->front();
      rest->remove_prefix(1);
    }
    *word += c;
  }
  return false;
}

// Takes one word from the front of `rest`, which begins with it.
absl::StatusOr<std::string> TakeWord(absl::string_view* rest) {
  std::string word;
  while (!rest->empty() && !absl::ascii_isspace(static_cast<unsigned char>(rest->front()))) {
    const char c = rest->front();
    rest->remove_prefix(1);
    if (c == '\'' || c == '"') {
      if (!TakeQuoted(c, rest, &word)) return absl::InvalidArgumentError("a quote is left open");
    } else if (c != '\\') {
      word += c;
    } else if (rest->empty()) {
      return absl::InvalidArgumentError("ends with a backslash");
    } else {
      word += rest->front();
      rest->remove_prefix(1);
    }
  }
  return word;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitCommand(absl::string_view command) {
  std::vector<std::string> words;
  for (absl::string_view rest = absl::StripAsciiWhitespace(command); !rest.empty();
       rest = absl::StripLeadingAsciiWhitespace(rest)) {
    absl::StatusOr<std::string> word = TakeWord(&rest);
    if (!word.ok()) return word.status();
    words.push_back(*std::move(word));
  }
  if (words.empty() || words[0].empty()) return absl::InvalidArgumentError("names no program");
  return words;
}

}  // namespace credential_provider
