#include "credential_provider/process/versioned_path.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

absl::string_view TakeNumber(absl::string_view* text) {
  const auto end = std::find_if_not(text->begin(), text->end(), IsDigit);
  const absl::string_view number = text->substr(0, static_cast<size_t>(end - text->begin()));
  text->remove_prefix(number.size());
  return number;
}

// True for numbers with a dot between them, and no letter at once after.
bool BeginsWithVersion(absl::string_view text) {
  absl::ConsumePrefix(&text, "v");
  if (TakeNumber(&text).empty() || !absl::ConsumePrefix(&text, ".") || TakeNumber(&text).empty())
    return false;
  return text.empty() || !absl::ascii_isalnum(static_cast<unsigned char>(text[0]));
}

bool HasVersion(absl::string_view part) {
  bool at_word = true;
  for (; !part.empty(); part.remove_prefix(1)) {
    if (at_word && BeginsWithVersion(part)) return true;
    at_word = absl::StrContains("-_@", part.substr(0, 1));
  }
  return false;
}

}  // namespace

bool NamesVersion(absl::string_view path) {
  if (absl::StartsWith(path, "/nix/store/")) return true;
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (HasVersion(part)) return true;
  }
  return false;
}

}  // namespace credential_provider
