#include "kubeconfig_writer/yaml/previous_value.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlNode;

// How nothing is written: the first one with one tab after what is in its place, the next with two, ...
constexpr absl::string_view kNothing[] = {"null", "", "~", "''", "\"\"", "Null", "NULL", "[]", "[ ]"};

constexpr absl::string_view kHidden = " #";
constexpr absl::string_view kWas = " # kubeconfig_writer: was";
constexpr absl::string_view kWasToo = "# kubeconfig_writer: ";  // of each further line

void SkipBlanks(absl::string_view* text) {
  text->remove_prefix(std::min(text->find_first_not_of(" \t"), text->size()));
}

void SkipEmptyList(absl::string_view* text) {
  for (const absl::string_view null : {"null", "Null", "NULL", "~"}) {
    if (absl::ConsumePrefix(text, null)) return;
  }
  absl::string_view inside = *text;
  if (!absl::ConsumePrefix(&inside, "[")) return;
  SkipBlanks(&inside);
  if (absl::ConsumePrefix(&inside, "]")) *text = inside;
}

// True when `line`, what follows a key's colon, is an empty list, null or nothing, and perhaps a comment.
bool IsEmptyList(absl::string_view line) {
  absl::string_view rest = line;
  SkipBlanks(&rest);
  SkipEmptyList(&rest);
  SkipBlanks(&rest);
  if (rest.empty()) return true;
  const size_t before = line.size() - rest.size();
  const bool apart = before > 0 && (absl::ascii_isblank(static_cast<unsigned char>(line[before - 1])) ||
                                    line[before - 1] == ']');
  return rest.front() == '#' && apart;
}

// Returns the splices that make the comment lines below `offset` lines again.
Splices LinesKept(absl::string_view text, size_t offset) {
  Splices splices;
  for (size_t line = NextLine(text, offset); line < text.size(); line = NextLine(text, line)) {
    const size_t begin = line + IndentOf(text, line).size();
    if (!absl::StartsWith(text.substr(begin), kWasToo)) break;
    splices.push_back({line, begin + kWasToo.size(), ""});
  }
  return splices;
}

}  // namespace

std::string NullMark(absl::string_view spelling) {
  const auto* const found = std::find(std::begin(kNothing), std::end(kNothing), spelling);
  return found == std::end(kNothing) ? ""
                                     : std::string(static_cast<size_t>(found - kNothing) + 1, '\t') + " ";
}

absl::string_view FlowMark(absl::string_view text, size_t after) {
  text.remove_prefix(std::min(after, text.size()));
  if (absl::StartsWith(text, kKeyWasAbsent)) return kKeyWasAbsent;
  for (const absl::string_view spelling : kNothing) {
    const std::string mark = NullMark(spelling);
    if (absl::StartsWith(text, mark)) return text.substr(0, mark.size());
  }
  return "";
}

absl::optional<Splice> RestoreNull(absl::string_view text, const YamlNode& value) {
  const absl::string_view mark = FlowMark(text, value.end);
  for (const absl::string_view spelling : kNothing) {
    if (mark != NullMark(spelling)) continue;
    const size_t blank = spelling.empty() ? 1 : 0;  // between the colon and what stands where nothing was
    return Splice{value.begin - blank, value.end + mark.size(), std::string(spelling)};
  }
  return absl::nullopt;
}

Splice CommentOutEmptyList(size_t colon) { return {colon, colon, std::string(kHidden)}; }

absl::optional<Splice> ShowEmptyList(absl::string_view text, size_t colon) {
  absl::string_view rest = text.substr(colon, LineEnd(text, colon) - colon);
  if (!absl::ConsumePrefix(&rest, kHidden)) return absl::nullopt;
  if (!IsEmptyList(rest)) return absl::nullopt;
  return Splice{colon, colon + kHidden.size(), ""};
}

// The comment lines are deeper than the key, so that what is added below it does not come between.
Splices KeepAsComment(absl::string_view text, const ValuePlace& place, absl::string_view value) {
  Splices splices = {{place.colon, place.colon, absl::StrCat(value.empty() ? "" : " ", value, kWas)}};
  const std::string more = absl::StrCat(std::string(place.column + 2, ' '), kWasToo);
  for (size_t line = NextLine(text, place.colon); line < place.end; line = NextLine(text, line))
    splices.push_back({line, line, more});
  return splices;
}

bool HasPrevious(absl::string_view text, size_t end) {
  absl::string_view rest = text.substr(end);
  return absl::ConsumePrefix(&rest, kWas) &&
         (rest.empty() || !absl::ascii_isalnum(static_cast<unsigned char>(rest[0])));
}

absl::StatusOr<credential_provider::YamlTree> PreviousValue(absl::string_view text, size_t end) {
  const size_t kept = end + kWas.size();
  std::string value = absl::StrCat("was:", text.substr(kept, LineEnd(text, end) - kept));
  for (const Splice& line : LinesKept(text, end))
    absl::StrAppend(&value, "\n", text.substr(line.end, LineEnd(text, line.end) - line.end));
  absl::StatusOr<credential_provider::YamlTree> tree =
      credential_provider::YamlTree::Parse(absl::StrCat(value, "\n"));
  if (tree.ok() && credential_provider::FindField(tree->root(), "was") == nullptr)
    return absl::InvalidArgumentError("no value");
  return tree;
}

Splices RestoreFromComment(absl::string_view text, size_t colon, size_t end) {
  Splices splices = LinesKept(text, end);
  splices.insert(splices.begin(), {colon, end + kWas.size(), ""});
  return splices;
}

}  // namespace kubeconfig_writer
