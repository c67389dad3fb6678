// One run of `credential_provider get exec`: what the user, or the exec stanza in a kubeconfig, asks for.
#ifndef CREDENTIAL_PROVIDER_INVOCATION_EXEC_INVOCATION_H_
#define CREDENTIAL_PROVIDER_INVOCATION_EXEC_INVOCATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/invocation/answer_options.h"
#include "credential_provider/issuers/exec_options.h"

namespace credential_provider {

// What follows `get` for another exec plugin.
inline constexpr char kExecName[] = "exec";

struct ExecInvocation {
  ExecOptions exec;
  AnswerOptions answer;
};

// The flags of ExecInvocation, and what they and the operands stand for. InvalidArgument names the flag.
std::vector<FlagSpec> ExecInvocationFlags();
absl::StatusOr<ExecInvocation> MakeExecInvocation(const ParsedFlags& flags);

// Returns the arguments after the program's name that give `invocation` back.
std::vector<std::string> FormatExecInvocation(const ExecInvocation& invocation);

// The inverse: parses the arguments of an exec stanza, "get", "exec", flags and the command.
absl::StatusOr<ExecInvocation> ParseExecInvocation(absl::Span<const std::string> args);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_INVOCATION_EXEC_INVOCATION_H_
