// Flags of a command: one table says what there is; parsing, help and completion read it.
#ifndef CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_
#define CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

// Whether a flag has a default that the user chooses (flag_defaults.h).
enum class Preset {
  kAlone,   // yes, whatever the other flags are
  kCaller,  // yes, but these say together who asks: either all of them are typed, or all are defaults
  kNever,   // no: it is what one run is about
};

struct FlagSpec {
  const char* name;                  // "--cluster-id"
  const char* value;                 // what it takes, for help: "ID"; null for a switch that takes nothing;
                                     // "FILE", "DIR" and "PATH" are paths, see TakesPath
  const char* help;                  // one line, lower case, no final period
  const char* choices = nullptr;     // all values it may have, "table|json"; null when there is no such list
  Preset preset = Preset::kAlone;    // a switch has none
  const char* short_name = nullptr;  // "-o", which may stand for `name`; null for none
};

// The arguments of one command, split into flags and the rest.
class ParsedFlags {
 public:
  // Returns the value given for `name`, "" for a switch; `fallback` when the flag is not there.
  absl::string_view Get(absl::string_view name, absl::string_view fallback = "") const;
  bool Has(absl::string_view name) const;

  // Returns these flags and `name` with `value`, as if it had been given.
  ParsedFlags With(absl::string_view name, absl::string_view value) const;

  // Returns these flags and that of `spec` with a default; and these without the defaults of `specs`.
  // REQUIRES: the flag is not there.
  ParsedFlags WithDefault(const FlagSpec& spec, absl::string_view value) const;
  ParsedFlags WithoutDefaults(absl::Span<const FlagSpec> specs) const;

  // True when the flag is there and no default.
  bool HasTyped(absl::string_view name) const;

  // Returns `status` with the flag before its message: "--duration 5m: …", where the value cannot be a
  // secret, and the name alone where it may be one. A value that is nearly one of the flag's choices gets a
  // hint. OK stays OK.
  absl::Status About(absl::string_view name, const absl::Status& status) const;

  // InvalidArgument, as About says it, when the flag is there with a value that is none of its choices.
  absl::Status CheckChoice(absl::string_view name) const;

  // The arguments that are no flags, in order.
  const std::vector<std::string>& operands() const { return operands_; }

 private:
  friend absl::StatusOr<ParsedFlags> ParseFlags(absl::Span<const FlagSpec>, absl::Span<const std::string>);

  struct Flag {
    std::string name;
    std::string value;
    const char* kind = nullptr;     // FlagSpec::value
    const char* choices = nullptr;  // FlagSpec::choices
    bool is_default = false;
  };

  const Flag* Find(absl::string_view name) const;

  std::vector<Flag> flags_;
  std::vector<std::string> operands_;
};

// Parses `args` ("--name value" and "--name=value", "-n value" and "-nvalue"; what follows "--" is operands).
// InvalidArgument, naming the flag and never its value, for one that is unknown, given twice, empty, or lacks
// a value; with a hint when an unknown one is nearly one of `specs`. REQUIRES: the texts of `specs` live
// longer than what is returned.
absl::StatusOr<ParsedFlags> ParseFlags(absl::Span<const FlagSpec> specs, absl::Span<const std::string> args);

// Tells whether `args` have `wanted` among them where it is a flag: not as the value of another, nor after
// "--". What else is wrong with them does not matter.
bool HasFlag(absl::Span<const FlagSpec> specs, const FlagSpec& wanted, absl::Span<const std::string> args);

// True when the user can choose a default for the flag.
bool HasDefault(const FlagSpec& spec);

// True when the value of the flag is a path: completion offers files, a "~" that no shell has expanded is
// refused (CheckPaths), and in a kubeconfig it is absolute (WithAbsolutePaths). A path of a program may be a
// name instead, which is looked for on the PATH.
bool TakesPath(const FlagSpec& spec);

// True for "~" and "~/x", which only a shell can turn into a path, and does not in `--flag=~/x`.
bool IsTildePath(absl::string_view path);

// InvalidArgument, with a hint, when the value of a flag that takes a path is one of those.
absl::Status CheckPaths(absl::Span<const FlagSpec> specs, const ParsedFlags& flags);

// Returns `args`, in which each value is an argument of its own, with the values that are paths as they are
// seen from any folder. What follows "--" stays.
std::vector<std::string> WithAbsolutePaths(absl::Span<const FlagSpec> specs, std::vector<std::string> args);

// Returns the help text of `specs`, a line for each.
std::string FormatFlags(absl::Span<const FlagSpec> specs);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_
