#include "credential_provider/cli/self/completion.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

using Words = absl::Span<const std::string>;

// The lines of a reply, of which those that do not go on from the unfinished word are left out.
class Reply {
 public:
  explicit Reply(absl::string_view unfinished) : unfinished_(unfinished) {}

  void Offer(absl::string_view word, absl::string_view meaning = "") {
    // A name with control characters could be taken for several.
    const bool fits = absl::StartsWith(word, unfinished_) && Printable(word, word.size()) == word;
    if (fits && offered_.emplace(word).second) absl::StrAppend(&text_, word, "\t", meaning, "\n");
  }

  const std::string& text() const { return text_; }

 private:
  const absl::string_view unfinished_;
  std::set<std::string> offered_;
  std::string text_;
};

// The next word of each command that `typed` begins.
void OfferCommands(const Program& program, Words typed, Reply* reply) {
  for (const Command& command : program.commands()) {
    const std::vector<std::string> name = absl::StrSplit(NameOf(command), ' ');
    const bool begun = typed.size() < name.size() && std::equal(typed.begin(), typed.end(), name.begin());
    if (!begun || IsHidden(command)) continue;
    reply->Offer(name[typed.size()], typed.size() + 1 == name.size() ? command.summary : "");
  }
}

const FlagSpec* FindFlag(const std::vector<FlagSpec>& specs, absl::string_view name) {
  const auto found = std::find_if(specs.begin(), specs.end(), [name](const FlagSpec& spec) {
    return name == spec.name && spec.value != nullptr;
  });
  return found == specs.end() ? nullptr : &*found;
}

std::vector<std::string> ValuesOf(const Program& program, const FlagSpec& spec,
                                  const Environment& environment) {
  if (spec.choices != nullptr) return absl::StrSplit(spec.choices, '|');
  return program.flag_values == nullptr ? std::vector<std::string>()
                                        : program.flag_values(spec.name, environment);
}

// Whether the flag takes several values with commas between them, which its help says.
bool TakesList(const FlagSpec& spec) { return absl::StrContains(spec.help, "several, with commas"); }

// The values of the flag `spec`, each with `prefix` in front. `unfinished` is what is behind that already: of
// a list, the last value is completed, and those before it stay.
std::string CompleteValue(const Program& program, const FlagSpec& spec, absl::string_view prefix,
                          absl::string_view unfinished, const Environment& environment, Reply* reply) {
  if (TakesPath(spec)) return kOfferFiles;
  const size_t comma = TakesList(spec) ? unfinished.rfind(',') : absl::string_view::npos;
  const absl::string_view before =
      comma == absl::string_view::npos ? absl::string_view() : unfinished.substr(0, comma + 1);
  const std::vector<absl::string_view> given = absl::StrSplit(before, ',');
  for (const std::string& value : ValuesOf(program, spec, environment)) {
    if (std::find(given.begin(), given.end(), value) == given.end())
      reply->Offer(absl::StrCat(prefix, before, value));
  }
  return reply->text();
}

void OfferFlags(const std::vector<FlagSpec>& specs, Words typed, Reply* reply) {
  for (const FlagSpec& spec : specs) {
    const bool given = std::any_of(typed.begin(), typed.end(), [&spec](const std::string& word) {
      return word == spec.name || absl::StartsWith(word, absl::StrCat(spec.name, "="));
    });
    if (!given) reply->Offer(spec.name, spec.help);
  }
  reply->Offer("--help", "what the command does, and its flags");
}

void OfferOperands(const Command& command, const ParsedFlags& flags, const Environment& environment,
                   Reply* reply) {
  if (command.operand_choices != nullptr) {
    for (const std::string& choice : command.operand_choices(flags, environment)) reply->Offer(choice);
  } else if (absl::StrContains(command.operands, '|')) {
    for (const absl::string_view choice : absl::StrSplit(command.operands, '|')) reply->Offer(choice);
  }
}

// The words after the command's name: `typed`, and `unfinished` after them.
std::string CompleteArguments(const Program& program, const Command& command, Words typed,
                              absl::string_view unfinished, const Environment& environment, Reply* reply) {
  if (std::find(typed.begin(), typed.end(), "--") != typed.end()) return kOfferFiles;
  const std::vector<FlagSpec> specs = command.flags(command);
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(unfinished, absl::MaxSplits('=', 1));
  if (absl::StrContains(unfinished, '=')) {
    const FlagSpec* const flag = FindFlag(specs, halves.first);
    if (flag != nullptr)
      return CompleteValue(program, *flag, absl::StrCat(halves.first, "="), halves.second, environment,
                           reply);
  }
  const FlagSpec* const flag = typed.empty() ? nullptr : FindFlag(specs, typed.back());
  if (flag != nullptr) return CompleteValue(program, *flag, "", unfinished, environment, reply);
  if (absl::StrContains(command.operands, "FILE") && !absl::StartsWith(unfinished, "-")) return kOfferFiles;
  const absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, typed);
  OfferOperands(command, flags.ok() ? *flags : ParsedFlags(), environment, reply);
  if (absl::StartsWith(unfinished, "-") || reply->text().empty()) OfferFlags(specs, typed, reply);
  return reply->text();
}

}  // namespace

std::string CompleteWords(const Program& program, Words words, const Environment& environment) {
  const absl::string_view unfinished = words.back();
  words.remove_suffix(1);
  Reply reply(unfinished);
  OfferCommands(program, words, &reply);
  Words typed = words;
  const absl::optional<Command> command = TakeCommand(program, &typed);
  if (!command.has_value() || !reply.text().empty()) return reply.text();
  return CompleteArguments(program, *command, typed, unfinished, environment, &reply);
}

}  // namespace credential_provider
