#include "credential_provider/text/fold_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/text/display_width.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kBlanks = " \t\n";

// How many bytes the character at the beginning of `text` has, by its first one. REQUIRES: there is one.
size_t CharacterSize(absl::string_view text) {
  const unsigned char first = text[0];
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  return std::min(size, text.size());
}

bool BeginsWithOneOf(absl::string_view text, absl::Span<const absl::string_view> characters) {
  return std::any_of(characters.begin(), characters.end(),
                     [text](absl::string_view character) { return absl::StartsWith(text, character); });
}

// In scripts without blanks a line may end after any character, but none begins with what closes or ends
// something, and none ends with what opens it.
bool MayNotBeginLine(absl::string_view text) {
  constexpr absl::string_view kClosing[] = {"，", "。", "；", "：", "！", "？",
                                            "、", "）", "」", "』", "》", "】"};
  return BeginsWithOneOf(text, kClosing);
}
bool MayNotEndLine(absl::string_view character) {
  constexpr absl::string_view kOpening[] = {"（", "「", "『", "《", "【"};
  return BeginsWithOneOf(character, kOpening);
}

bool IsWide(absl::string_view text) { return DisplayWidth(text.substr(0, CharacterSize(text))) == 2; }

// Where the word at the beginning of `text` ends: at a blank that is not within a pair of backticks, and
// before and after a wide character, which is a word.
size_t EndOfWord(absl::string_view text) {
  const auto is_end = [text](size_t at) {
    return at >= text.size() || kBlanks.find(text[at]) != absl::string_view::npos;
  };
  size_t end = 0;
  bool may_break = false;
  while (!is_end(end) && (!may_break || MayNotBeginLine(text.substr(end)))) {
    const absl::string_view rest = text.substr(end);
    const size_t closing = rest[0] == '`' ? text.find('`', end + 1) : absl::string_view::npos;
    const size_t size = closing == absl::string_view::npos ? CharacterSize(rest) : closing + 1 - end;
    const absl::string_view taken = rest.substr(0, size);
    end += size;
    may_break = !is_end(end) && (IsWide(taken) || IsWide(text.substr(end))) && !MayNotEndLine(taken);
  }
  return end;
}

}  // namespace

std::string Fold(absl::string_view text, const FoldShape& shape) {
  std::string lines;
  size_t width = shape.begun;
  bool begins = true;     // a line, but for its indentation
  bool is_apart = false;  // a blank is between this word and the one before
  text = absl::StripLeadingAsciiWhitespace(text);
  while (!text.empty()) {
    const absl::string_view word = text.substr(0, EndOfWord(text));
    text.remove_prefix(word.size());
    const absl::string_view gap = is_apart ? " " : "";
    const size_t needed = gap.size() + DisplayWidth(word);
    // Nothing is gained by a new line that is not longer.
    if (width + needed > shape.columns && (!begins || width > shape.indent)) {
      absl::StrAppend(&lines, "\n", std::string(shape.indent, ' '), word);
      width = shape.indent + DisplayWidth(word);
    } else {
      absl::StrAppend(&lines, gap, word);
      width += needed;
    }
    begins = false;
    is_apart = !text.empty() && kBlanks.find(text[0]) != absl::string_view::npos;
    text = absl::StripLeadingAsciiWhitespace(text);
  }
  return lines;
}

bool IsList(absl::string_view paragraph) { return absl::StartsWith(paragraph, "  "); }

std::vector<ListRow> ListRows(absl::string_view paragraph) {
  std::vector<ListRow> rows;
  for (absl::string_view line : absl::StrSplit(paragraph, '\n', absl::SkipEmpty())) {
    line = absl::StripLeadingAsciiWhitespace(line);
    const size_t gap = std::min(line.find("  "), line.size());
    rows.emplace_back(line.substr(0, gap), absl::StripLeadingAsciiWhitespace(line.substr(gap)));
  }
  return rows;
}

std::string FoldParagraphs(absl::string_view text, size_t columns) {
  std::string folded;
  for (const absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
    const std::string lines =
        IsList(paragraph) ? TwoColumns(ListRows(paragraph), columns) : Fold(paragraph, {columns});
    absl::StrAppend(&folded, folded.empty() ? "" : "\n\n", absl::StripSuffix(lines, "\n"));
  }
  return folded;
}

std::string TwoColumns(absl::Span<const ListRow> rows, size_t columns) {
  constexpr size_t kIndent = 2, kGap = 2, kNarrowest = 28, kDeepIndent = 6;
  size_t left = 0;
  for (const auto& row : rows) left = std::max(left, DisplayWidth(row.first));
  const size_t at = kIndent + left + kGap;
  const bool beside = at + kNarrowest <= columns;
  std::string lines;
  for (const auto& row : rows) {
    const std::string gap = beside ? std::string(at - kIndent - DisplayWidth(row.first), ' ')
                                   : absl::StrCat("\n", std::string(kDeepIndent, ' '));
    const size_t indent = beside ? at : kDeepIndent;
    absl::StrAppend(&lines, std::string(kIndent, ' '), row.first, gap,
                    Fold(row.second, {columns, indent, indent}), "\n");
  }
  return lines;
}

}  // namespace credential_provider
