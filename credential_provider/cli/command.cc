#include "credential_provider/cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/cli/flag_defaults.h"
#include "credential_provider/cli/help.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/cli/version.h"
#include "credential_provider/cli/version_text.h"
#include "credential_provider/log/log.h"

namespace credential_provider {
namespace {

constexpr char kUsage[] = "credential_provider/usage";  // of a Status' payload
constexpr FlagSpec kHelpFlag = {"--help", nullptr, "this text", nullptr, Preset::kNever, "-h"};

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

// What is wrong with it is in nobody's way, and no part of an answer to kubectl.
void BeginLog(const Program& program, Args args, const Environment& environment) {
  const LogBeside beside = !args.empty() && args[0] == "get" ? LogBeside::kAnswer : LogBeside::kText;
  const absl::Status begun = StartLog(program.name, beside, environment);
  if (!begun.ok() && (beside == LogBeside::kText || !StdoutIsStderr()))
    Report(program.name, Severity::kWarning, begun);
}

void LogEnd(const absl::StatusOr<Output>& output) {
  Log(LogLevel::kInfo, "end", [&] {
    LogFields fields = {{"exit_status", int64_t{output.ok() ? output->exit_status : kFailure}}};
    if (!output.ok()) fields.emplace_back("error", output.status().message());
    return fields;
  });
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
    const bool about_it = absl::StartsWith(status.message(), absl::StrCat(spec.name, ":")) ||
                          absl::StartsWith(status.message(), absl::StrCat(spec.name, " "));
    if (typed.Has(spec.name) || !about_it) continue;
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
  // Who asks for help gets it, whatever else is wrong.
  if (flags.ok() ? flags->Has(kHelpFlag.name) : HasFlag(specs, kHelpFlag, args))
    return Print(program.name, CommandHelp(program, command, specs));
  if (!flags.ok()) return WrongUsage(program.name, flags.status(), see_help);
  absl::Status usable = CheckOperands(command, *flags);
  if (usable.ok() && HasTilde(args)) usable = CheckPaths(specs, *flags);
  if (!usable.ok()) return WrongUsage(program.name, usable, see_help);
  Log(LogLevel::kDebug, "start", [&] {
    return LogFields{{"command", NameOf(command)}, {"version", kVersion}};
  });
  absl::StatusOr<Output> output = RunWith(program, command, *flags, specs, environment);
  LogEnd(output);
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
      const auto is_it = [&spec](const FlagSpec& other) {
        return absl::string_view(other.name) == spec.name;
      };
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
    // Spares a hit the making of most names.
    if (args->empty() || !absl::StartsWith(command.name, args->front())) continue;
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
  BeginLog(program, args, environment);
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
  // A person who types only the name asks what it can do; a script that does has forgotten something.
  const bool looks_around = args.empty() && IsTerminal(STDOUT_FILENO);
  if (looks_around || HasFlag({}, kHelpFlag, args))
    return Print(program.name, HelpWithoutCommand(program, args));
  return WrongUsage(program.name, UnknownCommand(program, args), "help");
}

}  // namespace credential_provider
