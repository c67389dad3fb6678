#include "credential_provider/cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/help.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/cli/version_text.h"

namespace credential_provider {
namespace {

constexpr char kUsage[] = "credential_provider/usage";  // of a Status' payload
constexpr FlagSpec kHelpFlag = {"--help", nullptr, "this text", nullptr, "-h"};

using Args = absl::Span<const std::string>;

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

// Returns the number of words of `name` when `args` begin with them, else 0.
size_t Matches(absl::string_view name, Args args) {
  size_t count = 0;
  for (const absl::string_view word : absl::StrSplit(name, ' ')) {
    if (count == args.size() || args[count] != word) return 0;
    ++count;
  }
  return count;
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

int RunCommand(const Program& program, const Command& command, Args args, const Environment& environment) {
  const std::string see_help = absl::StrCat(NameOf(command), " --help");
  std::vector<FlagSpec> specs = command.flags(command);
  specs.push_back(kHelpFlag);
  absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, args);
  // Who asks for help gets it, whatever else is wrong.
  if (flags.ok() ? flags->Has(kHelpFlag.name) : HasFlag(specs, kHelpFlag, args))
    return Print(program.name, CommandHelp(program, command, specs));
  if (!flags.ok()) return WrongUsage(program.name, flags.status(), see_help);
  absl::Status usable = CheckOperands(command, *flags);
  if (usable.ok() && HasTilde(args)) usable = CheckPaths(specs, *flags);
  if (!usable.ok()) return WrongUsage(program.name, usable, see_help);
  absl::StatusOr<Output> output = command.run(command, *flags, environment);
  if (!output.ok() && output.status().GetPayload(kUsage).has_value())
    return WrongUsage(program.name, output.status(), see_help);
  if (!output.ok()) return Fail(program.name, output.status());
  const int printed = Print(program.name, output->text);
  return printed == kSuccess ? output->exit_status : printed;
}

}  // namespace

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
  if (word == "help" || word == kHelpFlag.name || word == kHelpFlag.short_name) {
    Args rest = args.subspan(1);
    const absl::optional<Command> command = TakeCommand(program, &rest);
    if (!command.has_value()) return Print(program.name, HelpWithoutCommand(program, rest));
    const std::vector<std::string> help = {kHelpFlag.name};
    return RunCommand(program, *command, help, environment);
  }
  if (word == "version" || word == "--version") return Print(program.name, VersionText(program.name));
  const absl::optional<Command> command = TakeCommand(program, &args);
  if (command.has_value()) return RunCommand(program, *command, args, environment);
  if (HasFlag({}, kHelpFlag, args)) return Print(program.name, HelpWithoutCommand(program, args));
  return WrongUsage(program.name, UnknownCommand(program, args), "help");
}

}  // namespace credential_provider
