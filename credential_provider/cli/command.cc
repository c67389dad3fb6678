#include "credential_provider/cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/flag_defaults.h"
#include "credential_provider/cli/version_text.h"

namespace credential_provider {
namespace {

constexpr char kUsage[] = "credential_provider/usage";  // of a Status' payload
constexpr FlagSpec kHelpFlag = {"--help", nullptr, "this text"};
constexpr FlagSpec kNoDefaultsFlag = {
    "--no-defaults", nullptr, "take flags as they are typed, without defaults from variables and file"};

using Args = absl::Span<const std::string>;

enum class Severity { kWarning, kError };

// Returns "PROGRAM: error: MESSAGE" and, when `status` carries one, "PROGRAM: hint: HINT", each a line.
std::string FormatReport(absl::string_view program, Severity severity, const absl::Status& status) {
  constexpr size_t kLongestLine = 1000;
  const char* const word = severity == Severity::kError ? "error" : "warning";
  const std::string hint = HintOf(status);
  std::string report =
      absl::StrCat(program, ": ", word, ": ", Printable(status.message(), kLongestLine), "\n");
  if (!hint.empty()) absl::StrAppend(&report, program, ": hint: ", Printable(hint, kLongestLine), "\n");
  return report;
}

void Report(absl::string_view program, Severity severity, const absl::Status& status) {
  WriteAll(STDERR_FILENO, FormatReport(program, severity, status), "stderr").IgnoreError();
}

int Fail(absl::string_view program, const absl::Status& status, int exit_status = kFailure) {
  Report(program, Severity::kError, status);
  return exit_status;
}

int WrongUsage(absl::string_view program, const absl::Status& status, absl::string_view help) {
  return Fail(program, WithHint(status, absl::StrCat("run `", program, " ", help, "`")), kWrongUsage);
}

int Print(absl::string_view program, absl::string_view text) {
  if (text.empty()) return kSuccess;
  absl::Status written = WriteStdout(text);
  return written.ok() ? kSuccess : Fail(program, written);
}

std::string Synopsis(const Command& command) {
  return absl::StrCat(NameOf(command), *command.operands == '\0' ? "" : " ", command.operands);
}

std::string ProgramHelp(const Program& program) {
  const std::vector<Command> commands = program.commands();
  size_t width = 0;
  for (const Command& command : commands) {
    if (!IsHidden(command)) width = std::max(width, Synopsis(command).size());
  }
  std::string help = absl::StrCat(program.summary, "\n\nUsage: ", program.name, " COMMAND [flags]\n\n");
  for (const Command& command : commands) {
    if (IsHidden(command)) continue;
    absl::StrAppendFormat(&help, "  %-*s  %s\n", static_cast<int>(width), Synopsis(command), command.summary);
  }
  absl::StrAppend(&help, "\n`", program.name, " COMMAND --help` shows the flags, `", program.name,
                  " version` the version.\n", program.closing);
  return help;
}

std::string CommandHelp(const Program& program, const Command& command, absl::Span<const FlagSpec> flags) {
  return absl::StrCat(command.about, "\n\nUsage: ", program.name, " ", NameOf(command), " [flags]",
                      *command.operands == '\0' ? "" : " ", command.operands, "\n\nFlags:\n",
                      FormatFlags(flags));
}

// Returns the number of words of `name` when `args` begin with them, else 0.
size_t Matches(absl::string_view name, Args args) {
  size_t count = 0;
  for (const absl::string_view word : absl::StrSplit(name, ' ')) {
    if (count == args.size() || args[count] != word) return 0;
    ++count;
  }
  return count;
}

// What follows `word` in the names of two words that begin with it: "ack, ack-token".
std::string SecondWords(const Program& program, absl::string_view word) {
  std::vector<std::string> seconds;
  for (const Command& command : program.commands()) {
    const std::pair<std::string, std::string> words =
        absl::StrSplit(NameOf(command), absl::MaxSplits(' ', 1));
    if (words.first == word && !words.second.empty()) seconds.push_back(words.second);
  }
  return absl::StrJoin(seconds, ", ");
}

absl::Status UnknownCommand(const Program& program, Args args) {
  if (args.empty()) return absl::InvalidArgumentError("no command given");
  const std::string seconds = SecondWords(program, args[0]);
  if (seconds.empty())
    return absl::InvalidArgumentError(absl::StrCat(Printable(args[0], 60), ": no such command"));
  return absl::InvalidArgumentError(absl::StrCat(args[0], ": expected one of ", seconds, " after it"));
}

absl::Status CheckOperands(const Command& command, const ParsedFlags& flags) {
  if (*command.operands != '\0' || flags.operands().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(Printable(flags.operands()[0], 60), ": unexpected argument"));
}

// Spares a hit the walk through the table of flags.
bool HasTilde(Args args) {
  return std::any_of(args.begin(), args.end(),
                     [](const std::string& arg) { return arg.find('~') != std::string::npos; });
}

// The flags of a command and those that every command has.
std::vector<FlagSpec> AllFlags(const Command& command) {
  std::vector<FlagSpec> specs = command.flags(command);
  if (command.takes_defaults && !specs.empty()) specs.push_back(kNoDefaultsFlag);
  specs.push_back(kHelpFlag);
  return specs;
}

// What the user has chosen as defaults for flags of `command`; nothing when it takes none.
absl::StatusOr<absl::optional<FlagDefaults>> DefaultsFor(const Program& program, const Command& command,
                                                         const ParsedFlags& typed,
                                                         const Environment& environment) {
  if (!command.takes_defaults || command.flags(command).empty() || typed.Has(kNoDefaultsFlag.name))
    return absl::optional<FlagDefaults>();
  absl::StatusOr<FlagDefaults> defaults = FlagDefaults::Read(environment);
  if (!defaults.ok()) return defaults.status();
  absl::Status known =
      program.knows_all_defaults ? defaults->CheckNames(FlagsWithDefaults(program)) : absl::OkStatus();
  if (!known.ok()) return known;
  return absl::make_optional(*std::move(defaults));
}

// Says of an error about a flag that nobody has typed where its value comes from.
absl::Status WithOrigin(const absl::Status& status, absl::Span<const FlagSpec> specs,
                        const ParsedFlags& typed, const FlagDefaults& defaults) {
  for (const FlagSpec& spec : specs) {
    if (typed.Has(spec.name) || !absl::StartsWith(status.message(), absl::StrCat(spec.name, ":"))) continue;
    const absl::optional<FlagDefault> found = defaults.Of(spec);
    if (found) return WithContext(status, found->from);
  }
  return status;
}

// Parses `args`, adds the defaults, checks and runs. An error is a UsageError when `args` or a default is to
// blame.
absl::StatusOr<Output> RunWith(const Program& program, const Command& command, const ParsedFlags& typed,
                               absl::Span<const FlagSpec> specs, const Environment& environment) {
  absl::StatusOr<absl::optional<FlagDefaults>> defaults = DefaultsFor(program, command, typed, environment);
  if (!defaults.ok()) return UsageError(defaults.status());
  if (!defaults->has_value()) return command.run(command, typed, environment);
  const ParsedFlags flags = WithDefaults(specs, typed, **defaults);
  absl::Status usable = CheckPaths(specs, flags);
  if (!usable.ok()) return UsageError(WithOrigin(usable, specs, typed, **defaults));
  absl::StatusOr<Output> output = command.run(command, flags, environment);
  return output.ok() ? std::move(output) : WithOrigin(output.status(), specs, typed, **defaults);
}

int RunCommand(const Program& program, const Command& command, Args args, const Environment& environment) {
  const std::string see_help = absl::StrCat(NameOf(command), " --help");
  const std::vector<FlagSpec> specs = AllFlags(command);
  absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, args);
  if (!flags.ok()) return WrongUsage(program.name, flags.status(), see_help);
  if (flags->Has(kHelpFlag.name)) return Print(program.name, CommandHelp(program, command, specs));
  absl::Status usable = CheckOperands(command, *flags);
  if (usable.ok() && HasTilde(args)) usable = CheckPaths(specs, *flags);
  if (!usable.ok()) return WrongUsage(program.name, usable, see_help);
  absl::StatusOr<Output> output = RunWith(program, command, *flags, specs, environment);
  if (!output.ok() && output.status().GetPayload(kUsage).has_value())
    return WrongUsage(program.name, output.status(), see_help);
  if (!output.ok()) return Fail(program.name, output.status());
  const int printed = Print(program.name, output->text);
  return printed == kSuccess ? output->exit_status : printed;
}

}  // namespace

std::vector<FlagSpec> FlagsWithDefaults(const Program& program) {
  std::vector<FlagSpec> all;
  for (const Command& command : program.commands()) {
    if (!command.takes_defaults) continue;
    for (const FlagSpec& spec : command.flags(command)) {
      const auto is_it = [&spec](const FlagSpec& other) { return std::strcmp(other.name, spec.name) == 0; };
      if (HasDefault(spec) && std::none_of(all.begin(), all.end(), is_it)) all.push_back(spec);
    }
  }
  return all;
}

std::string NameOf(const Command& command) {
  return absl::StrCat(command.name, *command.object == '\0' ? "" : " ", command.object);
}

absl::optional<Command> TakeCommand(const Program& program, absl::Span<const std::string>* args) {
  absl::optional<Command> found;
  size_t words = 0;
  for (const Command& command : program.commands()) {
    const size_t matched = Matches(NameOf(command), *args);
    if (matched > words) {
      found = command;
      words = matched;
    }
  }
  args->remove_prefix(words);
  return found;
}

absl::Status UsageError(absl::Status status) {
  status.SetPayload(kUsage, absl::Cord());
  return status;
}

absl::Status UsageError(absl::string_view reason) { return UsageError(absl::InvalidArgumentError(reason)); }

void PrintWarning(absl::string_view program, const absl::Status& status) {
  Report(program, Severity::kWarning, status);
}

void PrintError(absl::string_view program, const absl::Status& status) {
  Report(program, Severity::kError, status);
}

int RunProgram(const Program& program, Args args, const Environment& environment) {
  const std::string word = args.empty() ? "" : args[0];
  if (word == "help" || word == "--help" || word == "-h") {
    Args rest = args.subspan(1);
    const absl::optional<Command> command = TakeCommand(program, &rest);
    if (!command.has_value()) return Print(program.name, ProgramHelp(program));
    const std::vector<std::string> help = {kHelpFlag.name};
    return RunCommand(program, *command, help, environment);
  }
  if (word == "version" || word == "--version") return Print(program.name, VersionText(program.name));
  const absl::optional<Command> command = TakeCommand(program, &args);
  if (!command.has_value() && std::find(args.begin(), args.end(), kHelpFlag.name) != args.end())
    return Print(program.name, ProgramHelp(program));
  if (!command.has_value()) return WrongUsage(program.name, UnknownCommand(program, args), "help");
  return RunCommand(program, *command, args, environment);
}

}  // namespace credential_provider
