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
constexpr absl::string_view kNothing[] = {"null", "", "~", "''", "\"\"", "Null", "NULL"};

constexpr absl::string_view kHidden = " #";
constexpr absl::string_view kWas = " # kubeconfig_writer: was";

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

Splice KeepAsComment(size_t colon, absl::string_view value) {
  return {colon, colon, absl::StrCat(" ", value, kWas)};
}

bool HasPrevious(absl::string_view text, const YamlNode& value) {
  absl::string_view rest = text.substr(value.end);
  return value.begin < value.end && absl::ConsumePrefix(&rest, kWas) &&
         (rest.empty() || !absl::ascii_isalnum(static_cast<unsigned char>(rest[0])));
}

Splice RestoreFromComment(size_t colon, size_t end) { return {colon, end + kWas.size(), ""}; }

}  // namespace kubeconfig_writer
