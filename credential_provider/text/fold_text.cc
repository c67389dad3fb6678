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

// Where the word at the beginning of `text` ends: at a blank that is not within a pair of backticks.
size_t EndOfWord(absl::string_view text) {
  size_t end = 0;
  while (end < text.size() && kBlanks.find(text[end]) == absl::string_view::npos) {
    const size_t closing = text[end] == '`' ? text.find('`', end + 1) : absl::string_view::npos;
    end = closing == absl::string_view::npos ? end + 1 : closing + 1;
  }
  return end;
}

}  // namespace

std::string Fold(absl::string_view text, const FoldShape& shape) {
  std::string lines;
  size_t width = shape.begun;
  bool begins = true;  // a line, but for its indentation
  for (text = absl::StripLeadingAsciiWhitespace(text); !text.empty();
       text = absl::StripLeadingAsciiWhitespace(text)) {
    const absl::string_view word = text.substr(0, EndOfWord(text));
    text.remove_prefix(word.size());
    const size_t needed = DisplayWidth(word) + (begins ? 0 : 1);
    // Nothing is gained by a new line that is not longer.
    if (width + needed > shape.columns && (!begins || width > shape.indent)) {
      absl::StrAppend(&lines, "\n", std::string(shape.indent, ' '), word);
      width = shape.indent + DisplayWidth(word);
    } else {
      absl::StrAppend(&lines, begins ? "" : " ", word);
      width += needed;
    }
    begins = false;
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
