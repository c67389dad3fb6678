#include "kubeconfig_writer/yaml/text_lines.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace kubeconfig_writer {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kBreaks = "\r\n";
constexpr absl::string_view kBlanks = " \t";

size_t Bounded(size_t found, absl::string_view text) { return std::min(found, text.size()); }

size_t SkipBlanks(absl::string_view text, size_t offset) {
  return Bounded(text.find_first_not_of(kBlanks, offset), text);
}

// Returns the end of the line break before `offset`, and 0 when there is none.
size_t BreakBefore(absl::string_view text, size_t offset) {
  if (offset == 0) return 0;
  const size_t found = text.find_last_of(kBreaks, offset - 1);
  return found == absl::string_view::npos ? 0 : found + 1;
}

bool BeginsComment(absl::string_view text, size_t offset) {
  return offset < text.size() && text[offset] == '#';
}

// Returns where the lines below end that belong to what is above them.
size_t SkipDeeperComments(absl::string_view text, size_t line, size_t column) {
  size_t end = line;
  while (line < text.size()) {
    const size_t content = SkipBlanks(text, line);
    const bool blank = content == LineEnd(text, line);
    if (!blank && (!BeginsComment(text, content) || content - line <= column)) break;
    line = NextLine(text, line);
    if (!blank) end = line;
  }
  return end;
}

}  // namespace

std::string Apply(absl::string_view text, const Splices& splices) {
  std::string result;
  size_t size = text.size();
  for (const Splice& splice : splices) size += splice.text.size();
  result.reserve(size);
  size_t done = 0;
  for (const Splice& splice : splices) {
    absl::StrAppend(&result, text.substr(done, splice.begin - done), splice.text);
    done = splice.end;
  }
  absl::StrAppend(&result, text.substr(done));
  return result;
}

size_t LineBegin(absl::string_view text, size_t offset) {
  const size_t begin = BreakBefore(text, offset);
  const bool marked = begin == 0 && absl::StartsWith(text, kByteOrderMark);
  return marked ? kByteOrderMark.size() : begin;
}

size_t LineEnd(absl::string_view text, size_t offset) {
  return Bounded(text.find_first_of(kBreaks, offset), text);
}

size_t NextLine(absl::string_view text, size_t offset) {
  const size_t end = LineEnd(text, offset);
  if (end == text.size()) return end;
  return end + (absl::StartsWith(text.substr(end), "\r\n") ? 2 : 1);
}

absl::string_view NewlineOf(absl::string_view text) {
  const size_t end = LineEnd(text, 0);
  const absl::string_view first = text.substr(end, NextLine(text, 0) - end);
  const bool alone = first == "\r" && !absl::StrContains(text, '\n');
  return first == "\r\n" || alone ? first : "\n";
}

size_t ColumnOf(absl::string_view text, size_t offset) { return offset - LineBegin(text, offset); }

absl::string_view IndentOf(absl::string_view text, size_t offset) {
  const size_t begin = LineBegin(text, offset);
  return text.substr(begin, SkipBlanks(text, begin) - begin);
}

bool IsRestEmpty(absl::string_view text, size_t offset) {
  const size_t content = SkipBlanks(text, offset);
  if (content == LineEnd(text, offset)) return true;
  const bool closed = offset > 0 && absl::StrContains("]}\"'", text.substr(offset - 1, 1));
  return BeginsComment(text, content) && (content > offset || closed || IsFirstInLine(text, offset));
}

bool IsFirstInLine(absl::string_view text, size_t offset) {
  const size_t begin = LineBegin(text, offset);
  return text.substr(begin, offset - begin).find_first_not_of(' ') == absl::string_view::npos;
}

size_t SkipToContent(absl::string_view text, size_t offset) {
  while (offset < text.size()) {
    offset = Bounded(text.find_first_not_of(" \t\r\n", offset), text);
    if (!BeginsComment(text, offset)) return offset;
    offset = LineEnd(text, offset);
  }
  return text.size();
}

Splice InsertLines(absl::string_view text, size_t offset, size_t column, absl::string_view lines) {
  const size_t at = SkipDeeperComments(text, NextLine(text, offset), column);
  if (at == 0 || LineBegin(text, at) == at) return {at, at, std::string(lines)};
  const absl::string_view newline = NewlineOf(lines);
  return {at, at, absl::StrCat(newline, absl::StripSuffix(lines, newline))};
}

Splice RemoveLines(absl::string_view text, size_t begin, size_t end) {
  const size_t first = LineBegin(text, begin);
  const size_t after = NextLine(text, end);
  if (LineEnd(text, end) < text.size() || BreakBefore(text, first) == 0) return {first, after, ""};
  const size_t pair = absl::EndsWith(text.substr(0, first), "\r\n") ? 2 : 1;
  return {first - pair, after, ""};
}

}  // namespace kubeconfig_writer
