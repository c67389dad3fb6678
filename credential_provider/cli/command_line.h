// Flags of a command: one table says what there is; parsing, help and completion read it.
#ifndef CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_
#define CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

struct FlagSpec {
  const char* name;               // "--cluster-id"
  const char* value;              // what it takes, for help: "ID"; null for a switch that takes nothing
  const char* help;               // one line, lower case, no final period
  const char* choices = nullptr;  // all values it may have, "table|json"; null when there is no such list
};

// The arguments of one command, split into flags and the rest.
class ParsedFlags {
 public:
  // Returns the value given for `name`, "" for a switch; `fallback` when the flag is not there.
  absl::string_view Get(absl::string_view name, absl::string_view fallback = "") const;
  bool Has(absl::string_view name) const;

  // Returns these flags and `name` with `value`, as if it had been given.
  ParsedFlags With(absl::string_view name, absl::string_view value) const;

  // The arguments that are no flags, in order.
  const std::vector<std::string>& operands() const { return operands_; }

 private:
  friend absl::StatusOr<ParsedFlags> ParseFlags(absl::Span<const FlagSpec>, absl::Span<const std::string>);

  std::vector<std::pair<std::string, std::string>> flags_;
  std::vector<std::string> operands_;
};

// Parses `args` ("--name value" and "--name=value"; what follows "--" is operands). InvalidArgument, naming
// the flag and never its value, for one that is unknown, given twice, empty, or lacks a value.
absl::StatusOr<ParsedFlags> ParseFlags(absl::Span<const FlagSpec> specs, absl::Span<const std::string> args);

// Returns the help text of `specs`, a line for each.
std::string FormatFlags(absl::Span<const FlagSpec> specs);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_COMMAND_LINE_H_
