// What both programs are: a table of commands. Parsing, help, usage errors and exit statuses are the same for
// all and in one place.
#ifndef CREDENTIAL_PROVIDER_CLI_COMMAND_H_
#define CREDENTIAL_PROVIDER_CLI_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"

namespace credential_provider {

// The exit statuses of both programs.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kWrongUsage = 2;

// What a command leaves: text for stdout, and the status to exit with.
struct Output {
  std::string text;
  int exit_status = kSuccess;
};

struct IssuerKind;

struct Command {
  const char* name;  // as it is typed, one word or two: "get exec"; with `object` after it, if that is set
  const char* operands;  // for the usage line: "CONTEXT"; "" for a command that takes none
  const char* summary;   // one line for the list of commands: lower case, no final period; "" to be hidden
  const char* about;     // what its own help begins with: sentences in lines of at most 120 characters
  std::vector<FlagSpec> (*flags)(const Command& command);  // without --help, which every command has
  // Runs it with flags that are among `flags`; operands only when `operands` says so. An error goes to stderr
  // and makes the exit status kFailure, or kWrongUsage when it is a UsageError.
  absl::StatusOr<Output> (*run)(const Command& command, const ParsedFlags& flags,
                                const Environment& environment);
  // The operands that completion offers; null for those that `operands` spells out ("bash|zsh|fish"), if any.
  std::vector<std::string> (*operand_choices)(const ParsedFlags& flags,
                                              const Environment& environment) = nullptr;
  const char* object = "";  // the last word of a command that there is one of for each of several things
  const IssuerKind* kind = nullptr;  // that thing, where it is a kind of credential
  bool takes_defaults = true;        // of flags (flag_defaults.h); false for what a stanza or a shell starts
};

struct Program {
  const char* name;
  const char* summary;  // what help begins with: one sentence
  const char* closing;  // what help ends with: sentences, or ""
  std::vector<Command> (*commands)();
  bool knows_all_defaults = false;  // whether a default for none of its flags is a mistake in the file
  // The values that completion offers for a flag that has no choices; null for none.
  std::vector<std::string> (*flag_values)(absl::string_view flag, const Environment& environment) = nullptr;
};

// True when `command` is for programs and not listed in help.
inline bool IsHidden(const Command& command) { return *command.summary == '\0'; }

// Returns the flags of all commands of `program` that can have a default, each once, in the order of help.
std::vector<FlagSpec> FlagsWithDefaults(const Program& program);

// Returns what is typed for `command`: "get ack".
std::string NameOf(const Command& command);

// Returns the command that `args` begin with and takes its words off; nothing when there is none.
absl::optional<Command> TakeCommand(const Program& program, absl::Span<const std::string>* args);

// Marks `status` as wrong usage, which the help of the command would have prevented.
absl::Status UsageError(absl::Status status);
absl::Status UsageError(absl::string_view reason);

// Prints a warning to stderr, as the program `program`.
void PrintWarning(absl::string_view program, const absl::Status& status);

// Prints an error to stderr, for one of several things that failed while the command goes on with the others.
void PrintError(absl::string_view program, const absl::Status& status);

// Runs the command that `args`, without the program's name, ask for, or `help` or `version`. Returns the exit
// status. After a failure nothing was written to stdout.
int RunProgram(const Program& program, absl::Span<const std::string> args, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_COMMAND_H_
