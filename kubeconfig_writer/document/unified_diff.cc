#include "kubeconfig_writer/document/unified_diff.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

constexpr size_t kContext = 3;

using Lines = std::vector<absl::string_view>;

// Each line with its break.
Lines SplitLines(absl::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Lines [begin, end) of each side.
struct Range {
  size_t before, before_end;
  size_t after, after_end;
  bool empty() const { return before == before_end && after == after_end; }
};

// Finds the lines that differ: first what both begin and end with is set aside, then the lines that each side
// has once are laid beside each other, in the longest row that keeps their order, and so on between them.
class Comparison {
 public:
  Comparison(const Lines& before, const Lines& after) : before_(before), after_(after) {}

  std::vector<Range> Differences() {
    Compare({0, before_.size(), 0, after_.size()});
    return std::move(differences_);
  }

 private:
  struct Pair {
    size_t before, after;
  };

  void Compare(Range range) {
    while (range.before < range.before_end && range.after < range.after_end &&
           before_[range.before] == after_[range.after])
      ++range.before, ++range.after;
    while (range.before < range.before_end && range.after < range.after_end &&
           before_[range.before_end - 1] == after_[range.after_end - 1])
      --range.before_end, --range.after_end;
    if (range.empty()) return;
    const std::vector<Pair> row = range.before == range.before_end || range.after == range.after_end
                                      ? std::vector<Pair>()
                                      : LongestRow(CommonOnce(range));
    if (row.empty()) {
      differences_.push_back(range);
      return;
    }
    Range gap = range;
    for (const Pair& pair : row) {
      Compare({gap.before, pair.before, gap.after, pair.after});
      gap.before = pair.before + 1;
      gap.after = pair.after + 1;
    }
    Compare(gap);
  }

  // The lines that are once on each side, in the order of the first.
  std::vector<Pair> CommonOnce(const Range& range) const {
    struct Seen {
      int before = 0, after = 0;
      size_t at = 0;  // on the other side
    };
    absl::flat_hash_map<absl::string_view, Seen> seen;
    for (size_t i = range.before; i < range.before_end; ++i) ++seen[before_[i]].before;
    for (size_t i = range.after; i < range.after_end; ++i) {
      Seen& line = seen[after_[i]];
      ++line.after;
      line.at = i;
    }
    std::vector<Pair> pairs;
    for (size_t i = range.before; i < range.before_end; ++i) {
      const Seen& line = seen[before_[i]];
      if (line.before == 1 && line.after == 1) pairs.push_back({i, line.at});
    }
    return pairs;
  }

  // The most of `pairs` that rise on both sides: patience sorting.
  static std::vector<Pair> LongestRow(const std::vector<Pair>& pairs) {
    std::vector<size_t> piles;  // the pair on top of each
    std::vector<size_t> previous(pairs.size(), pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i) {
      const auto pile = std::lower_bound(piles.begin(), piles.end(), pairs[i].after,
                                         [&](size_t top, size_t at) { return pairs[top].after < at; });
      if (pile != piles.begin()) previous[i] = *(pile - 1);
      if (pile == piles.end()) {
        piles.push_back(i);
      } else {
        *pile = i;
      }
    }
    std::vector<Pair> row;
    for (size_t i = piles.empty() ? pairs.size() : piles.back(); i < pairs.size(); i = previous[i])
      row.push_back(pairs[i]);
    std::reverse(row.begin(), row.end());
    return row;
  }

  const Lines& before_;
  const Lines& after_;
  std::vector<Range> differences_;
};

// Differences that are near enough to be shown together.
std::vector<std::vector<Range>> Group(const std::vector<Range>& differences) {
  std::vector<std::vector<Range>> hunks;
  for (const Range& range : differences) {
    if (hunks.empty() || range.before > hunks.back().back().before_end + 2 * kContext) hunks.emplace_back();
    hunks.back().push_back(range);
  }
  return hunks;
}

// "12,3": the first line, counted from 1, and how many; "12" for one; the line before for none.
std::string Place(size_t begin, size_t end) {
  const size_t count = end - begin;
  if (count == 1) return absl::StrCat(begin + 1);
  return absl::StrCat(count == 0 ? begin : begin + 1, ",", count);
}

void Print(char sign, const Lines& lines, size_t begin, size_t end, std::string* out) {
  for (size_t i = begin; i < end && i < lines.size(); ++i) {
    out->push_back(sign);
    absl::StrAppend(out, lines[i], absl::EndsWith(lines[i], "\n") ? "" : "\n\\ No newline at end of file\n");
  }
}

std::string FormatHunk(const std::vector<Range>& hunk, const Lines& before, const Lines& after) {
  const size_t lead = std::min(hunk.front().before, kContext);
  const size_t end = std::min(hunk.back().before_end + kContext, before.size());
  const size_t trail = end - hunk.back().before_end;
  std::string out = absl::StrCat("@@ -", Place(hunk.front().before - lead, end), " +",
                                 Place(hunk.front().after - lead, hunk.back().after_end + trail), " @@\n");
  size_t shown = hunk.front().before - lead;
  for (const Range& range : hunk) {
    Print(' ', before, shown, range.before, &out);
    Print('-', before, range.before, range.before_end, &out);
    Print('+', after, range.after, range.after_end, &out);
    shown = range.before_end;
  }
  Print(' ', before, shown, end, &out);
  return out;
}

}  // namespace

std::string QuotedLabel(const std::string& name) {
  const bool plain = credential_provider::Printable(name, std::string::npos) == name;
  if (plain && name.find_first_of("\"\\") == std::string::npos)
    return absl::StrCat(name, absl::StrContains(name, " ") ? "\t" : "");
  const std::string escaped = absl::StrReplaceAll(absl::CEscape(name), {{"\\\\", "\\\\"}, {"\\'", "'"}});
  return absl::StrCat("\"", escaped, "\"");
}

std::string UnifiedDiff(const DiffSide& before, const DiffSide& after) {
  const Lines old_lines = SplitLines(before.text), new_lines = SplitLines(after.text);
  const std::vector<Range> differences = Comparison(old_lines, new_lines).Differences();
  if (differences.empty()) return "";
  const Lines old_shown = SplitLines(before.shown), new_shown = SplitLines(after.shown);
  std::string diff =
      absl::StrCat("--- ", QuotedLabel(before.label), "\n+++ ", QuotedLabel(after.label), "\n");
  for (const std::vector<Range>& hunk : Group(differences))
    absl::StrAppend(&diff, FormatHunk(hunk, old_shown, new_shown));
  return diff;
}

}  // namespace kubeconfig_writer
