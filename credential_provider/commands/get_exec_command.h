// `credential_provider get exec`: any other exec plugin behind this program's store.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/invocation/answer_options.h"
#include "credential_provider/issuers/exec_options.h"

namespace credential_provider {

extern const Command kGetExecCommand;
extern const Command kForgetExecCommand;

// One run of the command.
struct ExecInvocation {
  ExecOptions exec;
  AnswerOptions answer;
};

// The flags of ExecInvocation, and what they and the operands stand for. InvalidArgument names the flag.
std::vector<FlagSpec> ExecInvocationFlags();
absl::StatusOr<ExecInvocation> MakeExecInvocation(const ParsedFlags& flags);

// Returns the arguments behind the program's name that give `invocation` back.
std::vector<std::string> FormatExecInvocation(const ExecInvocation& invocation);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_GET_EXEC_COMMAND_H_
