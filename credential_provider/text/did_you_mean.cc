#include "credential_provider/text/did_you_mean.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kMostSuggestions = 3;

// How many letters of two words may differ, of which the longer one has `length`.
size_t MostEdits(size_t length) {
  constexpr size_t kShortest = 3, kMost = 3;
  return length < kShortest ? 0 : std::min(std::max<size_t>(length / 4, 1), kMost);
}

// The least number of letters that have to be added, removed, replaced or swapped with the next one.
size_t Edits(absl::string_view from, absl::string_view to) {
  std::vector<size_t> row(to.size() + 1), before, before_that;
  for (size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    before_that = std::move(before);
    before = row;
    row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t replaced = before[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], before_that[j - 2] + 1);
    }
  }
  return row.back();
}

std::vector<std::string> NamesThatBeginWith(absl::string_view typed, absl::Span<const std::string> names) {
  constexpr size_t kShortest = 2;
  std::vector<std::string> found;
  for (const std::string& name : names) {
    const bool fits = typed.size() >= kShortest && absl::StartsWithIgnoreCase(name, typed);
    if (fits && found.size() < kMostSuggestions) found.push_back(name);
  }
  return found;
}

}  // namespace

std::vector<std::string> NearestNames(absl::string_view typed, absl::Span<const std::string> names) {
  if (typed.size() > kLongestName) return {};
  const std::string lower = absl::AsciiStrToLower(typed);
  std::vector<std::string> nearest;
  size_t least = kLongestName;
  for (const std::string& name : names) {
    if (name.size() > kLongestName) continue;
    const size_t edits = Edits(lower, absl::AsciiStrToLower(name));
    if (edits > MostEdits(std::max(name.size(), typed.size())) || edits > least) continue;
    if (edits < least) nearest.clear();
    least = edits;
    if (nearest.size() < kMostSuggestions) nearest.push_back(name);
  }
  return nearest.empty() ? NamesThatBeginWith(typed, names) : nearest;
}

std::string DidYouMean(absl::string_view typed, absl::Span<const std::string> names,
                       absl::string_view besides) {
  std::vector<std::string> nearest = NearestNames(typed, names);
  if (nearest.empty()) return std::string(besides);
  for (std::string& name : nearest) name = Printable(name, kLongestName);
  const std::string last = nearest.back();
  nearest.pop_back();
  return absl::StrCat("did you mean ", absl::StrJoin(nearest, ", "), nearest.empty() ? "" : " or ", last,
                      besides.empty() ? "?" : "? ", besides);
}

std::string FirstNames(absl::Span<const std::string> names) {
  constexpr size_t kMost = 8;
  const size_t shown = std::min(names.size(), kMost);
  std::string list = absl::StrJoin(
      names.subspan(0, shown), ", ",
      [](std::string* out, const std::string& name) { absl::StrAppend(out, Printable(name, kLongestName)); });
  if (shown < names.size()) absl::StrAppend(&list, " and ", names.size() - shown, " more");
  return list;
}

}  // namespace credential_provider
