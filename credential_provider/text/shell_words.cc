#include "credential_provider/text/shell_words.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/safe_text.h"

namespace credential_provider {
namespace {

constexpr char kSpecialInDoubleQuotes[] = "\"\\$`\n";

// Takes what follows an opening `quote`, and the closing one, from the front of `rest`. Returns false when
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

// No word that a shell reads anew: "~" and "#" have a meaning in front, "=" in front of a command.
bool IsPlain(absl::string_view word) {
  const auto plain = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("=/._-+@%,:", c);
  };
  return !word.empty() && word[0] != '=' && std::all_of(word.begin(), word.end(), plain);
}

// Returns `word` with an octal escape for each byte that is not fit for a terminal.
std::string EscapedWord(absl::string_view word) {
  std::string escaped;
  while (!word.empty()) {
    const size_t length = std::max<size_t>(Utf8Length(word), 1);
    const absl::string_view character = word.substr(0, length);
    if (Utf8Length(word) == 0 || IsUnsafe(character)) {
      for (const char byte : character)
        absl::StrAppend(&escaped, absl::StrFormat("\\%03o", static_cast<unsigned char>(byte)));
    } else {
      absl::StrAppend(&escaped, character == "'" || character == "\\" ? "\\" : "", character);
    }
    word.remove_prefix(length);
  }
  return absl::StrCat("$'", escaped, "'");
}

bool IsFitForATerminal(absl::string_view word) {
  return SafeLines(word) == word && word.find_first_of("\t\n\r") == absl::string_view::npos;
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

std::string ShellWord(absl::string_view word) {
  if (IsPlain(word)) return std::string(word);
  if (!IsFitForATerminal(word)) return EscapedWord(word);
  return absl::StrCat("'", absl::StrReplaceAll(word, {{"'", "'\\''"}}), "'");
}

std::string ShellLine(absl::Span<const std::string> words) {
  return absl::StrJoin(words, " ",
                       [](std::string* line, const std::string& word) { *line += ShellWord(word); });
}

}  // namespace credential_provider
