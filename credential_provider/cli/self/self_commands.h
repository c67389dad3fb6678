// The commands by which a program tells about itself as a whole: the same for both programs.
#ifndef CREDENTIAL_PROVIDER_CLI_SELF_SELF_COMMANDS_H_
#define CREDENTIAL_PROVIDER_CLI_SELF_SELF_COMMANDS_H_

#include <string>
#include <vector>

#include "credential_provider/cli/command.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/self/completion.h"
#include "credential_provider/cli/self/completion_script.h"
#include "credential_provider/cli/self/man_page.h"

namespace credential_provider {

// What `config` prints of the defaults of `specs`.
absl::StatusOr<Output> ShowDefaults(absl::Span<const FlagSpec> specs, const ParsedFlags& flags,
                                    const Environment& environment);

inline std::vector<FlagSpec> NoFlags(const Command&) { return {}; }

// Prints a completion script.
template <const Program& program>
inline constexpr Command kCompletionCommand = {
    "completion",
    "bash|zsh|fish",
    "prints what makes a shell complete commands, flags and names",
    R"(Prints the completion script for a shell. The packages install it; to try it: in bash and fish, source what is
printed, in zsh put it into a folder of fpath, with an underscore before the program's name as the file's.)",
    &NoFlags,
    [](const Command&, const ParsedFlags& flags, const Environment&) -> absl::StatusOr<Output> {
      if (flags.operands().size() != 1) return UsageError("completion: needs bash, zsh or fish");
      absl::StatusOr<std::string> script = CompletionScript(flags.operands()[0], FileOf(AsTyped(program)));
      if (!script.ok()) return script.status();
      return Output{*std::move(script)};
    },
};

// What the completion scripts run.
template <const Program& program>
inline constexpr Command kCompleteCommand = {
    "complete",
    "-- WORD...",
    "",
    "Prints what could follow the words, of which the last may be unfinished or empty.",
    &NoFlags,
    [](const Command&, const ParsedFlags& flags, const Environment& environment) -> absl::StatusOr<Output> {
      if (flags.operands().empty()) return UsageError("complete: needs at least one word");
      return Output{CompleteWords(program, flags.operands(), environment)};
    },
};

// Shows the defaults of flags.
template <const Program& program>
inline constexpr Command kConfigCommand = {
    "config",
    "",
    "the defaults that you have set for flags",
    R"(Shows for each flag that can have a default its value and where that comes from: a variable, CREDENTIAL_PROVIDER_REGION
for --region, or a line `region = cn-hangzhou` under [defaults] in ~/.config/credential_provider/config. A flag that is
typed counts more than a variable, a variable more than the file. Flags that say who asks (--identity, --profile, --role-...,
--oidc-...) go together: those of one place are not mixed with those of another. `get` takes none: what decides who asks is
in the kubeconfig, where install writes it.)",
    [](const Command&) { return std::vector<FlagSpec>{kOutputFlag}; },
    [](const Command&, const ParsedFlags& flags, const Environment& environment) -> absl::StatusOr<Output> {
      return ShowDefaults(FlagsWithDefaults(program), flags, environment);
    },
};

// Prints the manual page.
template <const Program& program>
inline constexpr Command kManCommand = {
    "man",
    "",
    "prints the manual page",
    "Prints the manual page in mdoc(7), which `man -l -` shows. The packages install it.",
    &NoFlags,
    [](const Command&, const ParsedFlags&, const Environment&) -> absl::StatusOr<Output> {
      return Output{ManPage(AsTyped(program))};
    },
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_SELF_SELF_COMMANDS_H_
