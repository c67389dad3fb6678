#include "credential_provider/cli/help.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/did_you_mean.h"

namespace credential_provider {
namespace {

using Words = std::pair<std::string, std::string>;

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

// A line for each that is not hidden.
std::string CommandLines(const std::vector<Command>& commands) {
  size_t width = 0;
  for (const Command& command : commands) {
    if (!IsHidden(command)) width = std::max(width, Synopsis(command).size());
  }
  std::string lines;
  for (const Command& command : commands) {
    if (IsHidden(command)) continue;
    absl::StrAppendFormat(&lines, "  %-*s  %s\n", static_cast<int>(width), Synopsis(command),
                          command.summary);
  }
  return lines;
}

// Help about the commands that begin with `word`; "" when there are none of two words.
std::string GroupHelp(const Program& program, absl::string_view word) {
  const std::vector<Command> commands = CommandsAfter(program, word);
  if (commands.empty()) return "";
  return absl::StrCat("Usage: ", program.name, " ", word, " COMMAND [flags]\n\n", CommandLines(commands),
                      "\n`", program.name, " ", word, " COMMAND --help` shows the flags.\n");
}

std::string ProgramHelp(const Program& program) {
  std::string help = absl::StrCat(program.summary, "\n\nUsage: ", program.name, " COMMAND [flags]\n\n",
                                  CommandLines(program.commands()));
  absl::StrAppend(&help, "\n`", program.name, " COMMAND --help` shows the flags, `", program.name,
                  " version` the version.\n", program.closing);
  return help;
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

std::string HelpWithoutCommand(const Program& program, absl::Span<const std::string> args) {
  const std::string group = args.empty() ? "" : GroupHelp(program, args[0]);
  return group.empty() ? ProgramHelp(program) : group;
}

std::string CommandHelp(const Program& program, const Command& command, absl::Span<const FlagSpec> flags) {
  return absl::StrCat(command.about, "\n\nUsage: ", program.name, " ", NameOf(command), " [flags]",
                      *command.operands == '\0' ? "" : " ", command.operands, "\n\nFlags:\n",
                      FormatFlags(flags));
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
