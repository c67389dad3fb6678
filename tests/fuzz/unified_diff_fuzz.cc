// The difference between two texts that a line "--" parts: patched by it, the first is the second.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "kubeconfig_writer/document/unified_diff.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Require;
using Lines = std::vector<std::string>;

// Each line with its break.
Lines LinesOf(absl::string_view text) {
  Lines lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) lines.push_back(std::string(line) + "\n");
  lines.back().pop_back();
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

// The lines of `diff` below its labels; "\ No newline at end of file" is taken from the line above it.
Lines PatchLines(absl::string_view diff) {
  Require(absl::ConsumePrefix(&diff, "--- before\n+++ after\n"), "a difference begins with its labels");
  Lines lines;
  for (std::string& line : LinesOf(diff)) {
    Require(absl::EndsWith(line, "\n"), "a difference ends with a line break");
    if (line[0] != '\\') {
      lines.push_back(std::move(line));
    } else {
      Require(!lines.empty() && lines.back().back() == '\n', "there is a line without a break");
      lines.back().pop_back();
    }
  }
  return lines;
}

struct Range {
  size_t begin = 0, count = 1;
};

// "-12,3": the line before the first when there is none.
Range ParseRange(absl::string_view text, char sign) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ',');
  Range range;
  const bool parsed = !text.empty() && text[0] == sign &&
                      absl::SimpleAtoi(parts[0].substr(1), &range.begin) &&
                      (parts.size() == 1 || absl::SimpleAtoi(parts[1], &range.count));
  Require(parsed && parts.size() <= 2, "a range can be read");
  if (range.count > 0) --range.begin;
  return range;
}

// Makes the change of `patch` as the program of that name would, but trusts nothing.
std::string Patched(const Lines& before, const Lines& patch) {
  Lines after;
  size_t taken = 0, line = 0;
  while (line < patch.size()) {
    const std::vector<std::string> head = absl::StrSplit(patch[line++], ' ');
    Require(head.size() == 4 && head[0] == "@@" && head[3] == "@@\n", "a hunk begins with its ranges");
    const Range old_range = ParseRange(head[1], '-'), new_range = ParseRange(head[2], '+');
    Require(taken <= old_range.begin && old_range.begin + old_range.count <= before.size(),
            "hunks are in order");
    while (taken < old_range.begin) after.push_back(before[taken++]);
    Require(after.size() == new_range.begin, "the hunk is where it says");
    for (; line < patch.size() && patch[line][0] != '@'; ++line) {
      const char sign = patch[line][0];
      const std::string text = patch[line].substr(1);
      Require(sign == ' ' || sign == '-' || sign == '+', "a line is kept, removed or added");
      if (sign != '+') {
        Require(taken < before.size() && before[taken] == text, "the line is there");
        ++taken;
      }
      if (sign != '-') after.push_back(text);
    }
    Require(taken == old_range.begin + old_range.count, "the old range is as long as it says");
    Require(after.size() == new_range.begin + new_range.count, "the new range is as long as it says");
  }
  while (taken < before.size()) after.push_back(before[taken++]);
  return absl::StrJoin(after, "");
}

void Check(absl::string_view before, absl::string_view after) {
  const std::string diff = UnifiedDiff({"before", before, before}, {"after", after, after});
  Require(diff.empty() == (before == after), "there is a difference when the texts differ");
  if (!diff.empty())
    Require(Patched(LinesOf(before), PatchLines(diff)) == after, "the patch makes the new text");
}

}  // namespace
}  // namespace kubeconfig_writer

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  const absl::string_view before = input.Until("--\n");
  kubeconfig_writer::Check(before, input.Rest());
  return 0;
}
