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
constexpr absl::string_view kColon = ": ";
constexpr absl::string_view kSemicolon = "; ";

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

// Returns where the word ends that a shell quotes from the ' at `begin` on, with \' in it as ShellWord writes
// that.
size_t EndOfWord(absl::string_view text, size_t begin) {
  constexpr absl::string_view kQuote = "\\''";
  const bool escapes = begin > 0 && text[begin - 1] == '$';
  for (size_t at = begin + 1; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == '\'') {
      if (!absl::StartsWith(text.substr(at + 1), kQuote)) return at;
      at += kQuote.size();
    }
  }
  return absl::string_view::npos;
}

// Returns where the command ends that begins after the ` at `begin`: a quoted word may have a ` in it.
size_t EndOfCommand(absl::string_view text, size_t begin) {
  for (size_t at = begin + 1; at < text.size(); ++at) {
    if (text[at] == '`') return at;
    if (text[at] != '\'') continue;
    at = EndOfWord(text, at);
    if (at == absl::string_view::npos) return at;
  }
  return absl::string_view::npos;
}

// A ' in prose is an apostrophe, unless a word begins with it.
bool BeginsWord(absl::string_view text, size_t at) {
  if (at > 0 && text[at - 1] == '$') --at;
  return at == 0 || text[at - 1] == ' ';
}

// Returns where what is quoted from `begin` on ends, "npos" when nothing says so.
size_t EndOfQuoted(absl::string_view text, size_t begin) {
  if (text[begin] == '`') return EndOfCommand(text, begin);
  return text[begin] == '"' ? text.find('"', begin + 1) : EndOfWord(text, begin);
}

}  // namespace

// The parts of a text that are not the programs' own words: commands in `…`, names in "…", a shell's words in
// '…'.
class Catalogue::Quotes {
 public:
  // `text` must outlive this.
  explicit Quotes(absl::string_view text);

  bool Holds(absl::string_view piece) const { return Of(piece.data()) != 0; }

  // Whether `piece` of the text begins and ends in the same of these parts, or outside of all.
  bool IsWhole(absl::string_view piece) const { return Of(piece.data()) == Of(piece.data() + piece.size()); }

  // Returns where `mark` is outside of these parts, from `at` on.
  size_t Find(absl::string_view mark, size_t at) const;

  // Returns what is between the marks that are outside of these parts.
  std::vector<absl::string_view> Split(absl::string_view mark) const;

  // Whether the rest of `entry` from its place `place` on is `text`; what stands there is appended to
  // `found`.
  bool MatchFrom(const Entry& entry, size_t place, absl::string_view text,
                 std::vector<absl::string_view>* found) const;

  bool Matches(const Entry& entry, std::vector<absl::string_view>* found) const;

 private:
  size_t Of(const char* at) const;

  const absl::string_view text_;
  std::vector<std::pair<size_t, size_t>> parts_;  // where the marks are around each
};

// A mark may also be of a name in front of a command, whose own marks are then paired wrongly. So what is
// around a ` and no command, or is a ` without another, leaves all alone that comes after it.
Catalogue::Quotes::Quotes(absl::string_view text) : text_(text) {
  constexpr absl::string_view kMarks = "`\"'";
  for (size_t at = text.find_first_of(kMarks); at != absl::string_view::npos;
       at = text.find_first_of(kMarks, at + 1)) {
    if (text[at] == '\'' && !BeginsWord(text, at)) continue;
    const size_t end = EndOfQuoted(text, at);
    const bool is_command = text[at] == '`';
    if (end == absl::string_view::npos && !is_command) continue;
    if (end == absl::string_view::npos ||
        (!is_command && absl::StrContains(text.substr(at, end - at), '`'))) {
      const size_t first = std::min(at, text.find('`'));
      while (!parts_.empty() && parts_.back().first >= first) parts_.pop_back();
      parts_.emplace_back(first, text.size());
      return;
    }
    parts_.emplace_back(at, end);
    at = end;
  }
}

// The end of the text is outside, so that a piece may reach to it.
size_t Catalogue::Quotes::Of(const char* at) const {
  const auto offset = static_cast<size_t>(at - text_.data());
  if (offset == text_.size()) return 0;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].first < offset && offset <= parts_[i].second) return i + 1;
  }
  return 0;
}

size_t Catalogue::Quotes::Find(absl::string_view mark, size_t at) const {
  at = text_.find(mark, at);
  while (at != absl::string_view::npos && Of(text_.data() + at) != 0) at = text_.find(mark, at + 1);
  return at;
}

std::vector<absl::string_view> Catalogue::Quotes::Split(absl::string_view mark) const {
  std::vector<absl::string_view> pieces;
  size_t begin = 0;
  for (size_t at = Find(mark, 0); at != absl::string_view::npos; at = Find(mark, begin)) {
    pieces.push_back(text_.substr(begin, at - begin));
    begin = at + mark.size();
  }
  pieces.push_back(text_.substr(begin));
  return pieces;
}

bool Catalogue::Quotes::MatchFrom(const Entry& entry, size_t place, absl::string_view text,
                                  std::vector<absl::string_view>* found) const {
  if (place == entry.places.size()) return text.empty();
  const absl::string_view literal = entry.literals[place + 1];
  if (place + 1 == entry.places.size() && literal.empty()) {
    found->push_back(text);
    return !text.empty() && IsWhole(text);
  }
  for (size_t at = text.find(literal, 1); at != absl::string_view::npos; at = text.find(literal, at + 1)) {
    const absl::string_view piece = text.substr(0, at);
    if (!IsWhole(piece)) continue;
    found->push_back(piece);
    if (MatchFrom(entry, place + 1, text.substr(at + literal.size()), found)) return true;
    found->pop_back();
  }
  return false;
}

bool Catalogue::Quotes::Matches(const Entry& entry, std::vector<absl::string_view>* found) const {
  found->clear();
  absl::string_view text = text_;
  return absl::ConsumePrefix(&text, entry.literals.front()) && MatchFrom(entry, 0, text, found);
}

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
  const Quotes quotes(english);
  std::vector<absl::string_view> found;
  for (const Entry& entry : entries_) {
    if (quotes.Matches(entry, &found)) return Fill(entry, found, quotes);
  }
  return absl::nullopt;
}

// A layer puts what it was about before the message of another: the longest message that is known is that
// one.
absl::optional<std::string> Catalogue::WithSubject(absl::string_view english) const {
  const Quotes quotes(english);
  for (size_t at = quotes.Find(kColon, 0); at != absl::string_view::npos; at = quotes.Find(kColon, at + 1)) {
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
  for (const absl::string_view subject : Quotes(english).Split(kColon))
    subjects.push_back(Whole(subject).value_or(std::string(subject)));
  return absl::StrJoin(subjects, "：");
}

absl::optional<std::string> Catalogue::Sentences(absl::string_view english) const {
  const std::vector<absl::string_view> sentences = Quotes(english).Split(kSemicolon);
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

// What is found in a place is translated when it is a message of several words, and in no quotes.
std::string Catalogue::Fill(const Entry& entry, const std::vector<absl::string_view>& found,
                            const Quotes& quotes) const {
  std::string filled;
  for (size_t at = 0; at < entry.translation.size(); ++at) {
    if (!IsPlace(entry.translation, at)) {
      filled.push_back(entry.translation[at]);
      continue;
    }
    const size_t place = entry.places.find(entry.translation[++at]);
    if (place == std::string::npos) continue;
    const absl::string_view text = found[place];
    const bool is_message = absl::StrContains(text, ' ') && !quotes.Holds(text);
    absl::StrAppend(&filled, is_message ? Translate(text) : std::string(text));
  }
  return filled;
}

}  // namespace credential_provider
