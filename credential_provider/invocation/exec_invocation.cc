#include "credential_provider/invocation/exec_invocation.h"

#include <utility>

namespace credential_provider {

std::vector<FlagSpec> ExecInvocationFlags() {
  std::vector<FlagSpec> flags(ExecFlags().begin(), ExecFlags().end());
  const std::vector<FlagSpec> answer = AnswerFlags();
  flags.insert(flags.end(), answer.begin(), answer.end());
  return flags;
}

absl::StatusOr<ExecInvocation> MakeExecInvocation(const ParsedFlags& flags) {
  absl::StatusOr<ExecOptions> exec = ParseExecOptions(flags, flags.operands());
  if (!exec.ok()) return exec.status();
  absl::StatusOr<AnswerOptions> answer = ParseAnswerOptions(flags);
  if (!answer.ok()) return answer.status();
  return ExecInvocation{*std::move(exec), *std::move(answer)};
}

std::vector<std::string> FormatExecInvocation(const ExecInvocation& invocation) {
  std::vector<std::string> args = {"get", kExecName};
  const std::vector<std::string> exec = FormatExecFlags(invocation.exec);
  args.insert(args.end(), exec.begin(), exec.end());
  const std::vector<std::string> answer = FormatAnswerOptions(invocation.answer);
  args.insert(args.end(), answer.begin(), answer.end());
  args.push_back("--");
  args.insert(args.end(), invocation.exec.command.begin(), invocation.exec.command.end());
  return WithAbsolutePaths(ExecInvocationFlags(), std::move(args));
}

absl::StatusOr<ExecInvocation> ParseExecInvocation(absl::Span<const std::string> args) {
  if (args.size() < 2 || args[0] != "get" || args[1] != kExecName)
    return absl::InvalidArgumentError("not arguments of `get exec`");
  absl::StatusOr<ParsedFlags> flags = ParseFlags(ExecInvocationFlags(), args.subspan(2));
  if (!flags.ok()) return flags.status();
  return MakeExecInvocation(*flags);
}

}  // namespace credential_provider
