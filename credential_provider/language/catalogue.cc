#include "credential_provider/language/catalogue.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

using Entry = Catalogue::Entry;

constexpr char kPlace = '%';

bool IsPlace(absl::string_view text, size_t at) {
  return text[at] == kPlace && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
}

Entry EntryOf(absl::string_view english, absl::string_view translation) {
  Entry entry;
  entry.translation = translation;
  size_t begin = 0;
  for (size_t at = 0; at < english.size(); ++at) {
    if (!IsPlace(english, at)) continue;
    entry.literals.push_back(english.substr(begin, at - begin));
    entry.places.push_back(english[++at]);
    begin = at + 1;
  }
  entry.literals.push_back(english.substr(begin));
  return entry;
}

size_t LiteralBytes(const Entry& entry) {
  size_t bytes = 0;
  for (const absl::string_view literal : entry.literals) bytes += literal.size();
  return bytes;
}

// Whether `text` is the rest of `entry` from its place `place` on; what stands there is appended to `found`.
bool MatchFrom(const Entry& entry, size_t place, absl::string_view text,
               std::vector<absl::string_view>* found) {
  if (place == entry.places.size()) return text.empty();
  const absl::string_view literal = entry.literals[place + 1];
  if (place + 1 == entry.places.size() && literal.empty()) {
    found->push_back(text);
    return !text.empty();
  }
  for (size_t at = text.find(literal, 1); at != absl::string_view::npos; at = text.find(literal, at + 1)) {
    found->push_back(text.substr(0, at));
    if (MatchFrom(entry, place + 1, text.substr(at + literal.size()), found)) return true;
    found->pop_back();
  }
  return false;
}

bool Matches(const Entry& entry, absl::string_view text, std::vector<absl::string_view>* found) {
  found->clear();
  return absl::ConsumePrefix(&text, entry.literals.front()) && MatchFrom(entry, 0, text, found);
}

}  // namespace

Catalogue::Catalogue(absl::string_view text) {
  absl::string_view english;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty() || english.empty()) {
      english = absl::StartsWith(line, "#") ? "" : line;
    } else {
      entries_.push_back(EntryOf(english, line));
      english = "";
    }
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return LiteralBytes(a) > LiteralBytes(b); });
}

std::string Catalogue::Translate(absl::string_view english) const {
  absl::optional<std::string> translated = Whole(english);
  if (!translated) translated = WithSubject(english);
  if (!translated) translated = Sentences(english);
  return translated.value_or(std::string(english));
}

absl::optional<std::string> Catalogue::Whole(absl::string_view english) const {
  std::vector<absl::string_view> found;
  for (const Entry& entry : entries_) {
    if (Matches(entry, english, &found)) return Fill(entry, found);
  }
  return absl::nullopt;
}

// A layer puts what it was about before the message of another: the longest message that is known is that
// one.
absl::optional<std::string> Catalogue::WithSubject(absl::string_view english) const {
  constexpr absl::string_view kColon = ": ";
  for (size_t at = english.find(kColon); at != absl::string_view::npos; at = english.find(kColon, at + 1)) {
    const absl::string_view message = english.substr(at + kColon.size());
    absl::optional<std::string> translated = Whole(message);
    if (!translated) translated = Sentences(message);
    if (translated) return absl::StrCat(Subjects(english.substr(0, at)), "：", *translated);
  }
  return absl::nullopt;
}

std::string Catalogue::Subjects(absl::string_view english) const {
  absl::optional<std::string> translated = Whole(english);
  if (!translated) translated = WithSubject(english);
  if (translated) return *translated;
  std::vector<std::string> subjects;
  for (const absl::string_view subject : absl::StrSplit(english, ": "))
    subjects.push_back(Whole(subject).value_or(std::string(subject)));
  return absl::StrJoin(subjects, "：");
}

absl::optional<std::string> Catalogue::Sentences(absl::string_view english) const {
  const std::vector<absl::string_view> sentences = absl::StrSplit(english, "; ");
  if (sentences.size() == 1) return absl::nullopt;
  std::string all;
  bool any = false;
  for (const absl::string_view sentence : sentences) {
    const std::string translated = Translate(sentence);
    any = any || translated != sentence;
    absl::StrAppend(&all, all.empty() ? "" : "；", translated);
  }
  return any ? absl::make_optional(std::move(all)) : absl::nullopt;
}

// What is found in a place is translated when it is a message of several words: a name never is.
std::string Catalogue::Fill(const Entry& entry, const std::vector<absl::string_view>& found) const {
  std::string filled;
  for (size_t at = 0; at < entry.translation.size(); ++at) {
    if (!IsPlace(entry.translation, at)) {
      filled.push_back(entry.translation[at]);
      continue;
    }
    const size_t place = entry.places.find(entry.translation[++at]);
    if (place == std::string::npos) continue;
    const absl::string_view text = found[place];
    absl::StrAppend(&filled, absl::StrContains(text, ' ') ? Translate(text) : std::string(text));
  }
  return filled;
}

}  // namespace credential_provider
