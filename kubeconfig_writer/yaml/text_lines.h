// Lines, blanks and comments of YAML text, for edits between its nodes. A line ends with LF, CRLF or CR.
#ifndef KUBECONFIG_WRITER_YAML_TEXT_LINES_H_
#define KUBECONFIG_WRITER_YAML_TEXT_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Replaces the bytes from `begin` to before `end` with `text`.
struct Splice {
  size_t begin;
  size_t end;
  std::string text;
};

using Splices = std::vector<Splice>;

// Returns `text` with all `splices` made. REQUIRES: they are in order and do not overlap.
std::string Apply(absl::string_view text, const Splices& splices);

// Returns the first byte of the line that holds `offset`. A byte order mark belongs to no line.
size_t LineBegin(absl::string_view text, size_t offset);

// Returns where the line's break begins, or the size of the text.
size_t LineEnd(absl::string_view text, size_t offset);

// Returns the first byte after the line's break, or the size of the text.
size_t NextLine(absl::string_view text, size_t offset);

// Returns the break of the first line; "\n" when there is only one line, or for a "\r" beside others: with
// one of those after it that would be another break.
absl::string_view NewlineOf(absl::string_view text);

// Returns the bytes between the beginning of the line and `offset`.
size_t ColumnOf(absl::string_view text, size_t offset);

// Returns the blanks with which the line that holds `offset` begins.
absl::string_view IndentOf(absl::string_view text, size_t offset);

// Returns true when nothing but blanks and a comment is between `offset`, the end of a node, and the end
// of its line.
bool IsRestEmpty(absl::string_view text, size_t offset);

// Returns true when nothing but spaces is between the beginning of the line and `offset`.
bool IsFirstInLine(absl::string_view text, size_t offset);

// Returns the offset of the next byte that is not blank, break or part of a comment; the size if there is
// none.
size_t SkipToContent(absl::string_view text, size_t offset);

// Returns the splice that adds `lines`, each ending with a line break, after the line that holds `offset`.
// Comment lines below that are indented deeper than `column` belong to what is above them and stay there.
// When the text has no final line break, it has none afterwards either.
Splice InsertLines(absl::string_view text, size_t offset, size_t column, absl::string_view lines);

// Returns the splice that removes the lines from the one of `begin` to the one of `end`, the exact reverse of
// InsertLines.
Splice RemoveLines(absl::string_view text, size_t begin, size_t end);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_TEXT_LINES_H_
