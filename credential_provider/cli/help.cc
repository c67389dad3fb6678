#include "credential_provider/cli/help.h"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/cli/examples.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/text/did_you_mean.h"
#include "credential_provider/text/fold_text.h"

namespace credential_provider {
namespace {

using Words = std::pair<std::string, std::string>;

std::string OnOneLine(absl::string_view paragraph) {
  return absl::StrJoin(absl::StrSplit(paragraph, '\n'), " ");
}

// `text` folded, each paragraph and what each row of a list says in the language of the reader.
std::string Prose(absl::string_view text) {
  std::vector<std::string> paragraphs;
  for (const absl::string_view paragraph : absl::StrSplit(absl::StripTrailingAsciiWhitespace(text), "\n\n")) {
    std::string shown;
    if (IsList(paragraph)) {
      for (const ListRow& row : ListRows(paragraph))
        absl::StrAppend(&shown, shown.empty() ? "" : "\n", "  ", row.first, "  ", InLanguage(row.second));
    } else {
      shown = InLanguage(OnOneLine(paragraph));
    }
    paragraphs.push_back(std::move(shown));
  }
  return FoldParagraphs(absl::StrJoin(paragraphs, "\n\n"), HelpColumns());
}

Words WordsOf(const Command& command) { return absl::StrSplit(NameOf(command), absl::MaxSplits(' ', 1)); }

std::string Synopsis(const Command& command) {
  return absl::StrCat(NameOf(command), *command.operands == '\0' ? "" : " ", command.operands);
}

// The commands of two words that begin with `word`: "get ack", "get ack-token".
std::vector<Command> CommandsAfter(const Program& program, absl::string_view word) {
  std::vector<Command> after;
  for (const Command& command : program.commands()) {
    const Words words = WordsOf(command);
    if (words.first == word && !words.second.empty()) after.push_back(command);
  }
  return after;
}

// The commands that are not hidden, with what each is for.
std::string CommandLines(const std::vector<Command>& commands) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Command& command : commands) {
    if (!IsHidden(command)) rows.emplace_back(Synopsis(command), InLanguage(command.summary));
  }
  return TwoColumns(rows, HelpColumns());
}

// Help about the commands that begin with `word`; "" when there are none of two words.
std::string GroupHelp(const Program& program, absl::string_view word) {
  const std::vector<Command> commands = CommandsAfter(program, word);
  if (commands.empty()) return "";
  const std::string closing = absl::StrCat("`", program.name, " ", word, " COMMAND --help` shows the flags.");
  return absl::StrCat(InLanguage("Usage:"), " ", program.name, " ", word, " COMMAND [flags]\n\n",
                      CommandLines(commands), "\n", Prose(closing), "\n");
}

std::string ProgramHelp(const Program& program) {
  const std::string closing = absl::StrCat("`", program.name, " COMMAND --help` shows the flags, `",
                                           program.name, " version` the version.\n", program.closing);
  return absl::StrCat(Prose(program.summary), "\n\n", InLanguage("Usage:"), " ", program.name,
                      " COMMAND [flags]\n\n", CommandLines(program.commands()), "\n", Prose(closing), "\n");
}

// "did you mean `program get ack`?", `typed` being the last word; "" when no word is near.
std::string Meant(absl::string_view before, absl::string_view typed, const std::vector<std::string>& words) {
  std::vector<std::string> nearest = NearestNames(typed, words);
  if (nearest.empty()) return "";
  for (std::string& word : nearest) word = absl::StrCat("`", before, " ", word, "`");
  return absl::StrCat("did you mean ", absl::StrJoin(nearest, " or "), "?");
}

std::vector<std::string> FirstWords(const Program& program) {
  std::vector<std::string> words = {"help", "version"};
  for (const Command& command : program.commands()) {
    const std::string word = WordsOf(command).first;
    if (!IsHidden(command) && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(word);
  }
  return words;
}

}  // namespace

size_t HelpColumns() {
  constexpr size_t kUsual = 80, kNarrowest = 40, kWidest = 100;
  return std::min(std::max(TerminalColumns(STDOUT_FILENO).value_or(kUsual), kNarrowest), kWidest);
}

std::string HelpWithoutCommand(const Program& program, absl::Span<const std::string> args) {
  const std::string group = args.empty() ? "" : GroupHelp(program, args[0]);
  return group.empty() ? ProgramHelp(program) : group;
}

std::string ExamplesOf(const Program& program, const Command& command) {
  constexpr absl::string_view kIndent = "  ";
  std::string examples;
  bool is_its_own = false;
  for (absl::string_view line : absl::StrSplit(kExamples, '\n')) {
    if (!absl::ConsumePrefix(&line, kIndent)) {
      is_its_own = line == NameOf(command);
    } else if (is_its_own) {
      absl::StrAppend(&examples, absl::StrReplaceAll(line, {{"PROGRAM", program.name}}), "\n");
    }
  }
  return examples;
}

std::string CommandHelp(const Program& program, const Command& command, absl::Span<const FlagSpec> flags) {
  std::string help = absl::StrCat(Prose(command.about), "\n\n", InLanguage("Usage:"), " ", program.name, " ",
                                  NameOf(command), " [flags]", *command.operands == '\0' ? "" : " ",
                                  command.operands, "\n\n", InLanguage("Flags:"), "\n", FormatFlags(flags));
  const std::string examples = ExamplesOf(program, command);
  if (!examples.empty()) absl::StrAppend(&help, "\n", InLanguage("Examples:"), "\n");
  for (const absl::string_view line : absl::StrSplit(examples, '\n', absl::SkipEmpty()))
    absl::StrAppend(&help, "  ", line, "\n");
  return help;
}

absl::Status UnknownCommand(const Program& program, absl::Span<const std::string> args) {
  if (args.empty()) return absl::InvalidArgumentError("no command given");
  std::vector<std::string> seconds;
  for (const Command& command : CommandsAfter(program, args[0])) seconds.push_back(WordsOf(command).second);
  if (seconds.empty()) {
    return WithHint(absl::InvalidArgumentError(absl::StrCat(Printable(args[0], 60), ": no such command")),
                    Meant(program.name, args[0], FirstWords(program)));
  }
  return WithHint(absl::InvalidArgumentError(
                      absl::StrCat(args[0], ": expected one of ", absl::StrJoin(seconds, ", "), " after it")),
                  args.size() == 1 ? "" : Meant(absl::StrCat(program.name, " ", args[0]), args[1], seconds));
}

}  // namespace credential_provider
