#include "credential_provider/commands/get_exec_command.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/answer/issuance_note.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/commands/forgotten.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/issuers/exec_issuer.h"

namespace credential_provider {
namespace {

std::vector<FlagSpec> Flags(const Command&) { return ExecInvocationFlags(); }

absl::StatusOr<Output> RunGetExec(const Command&, const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<ExecInvocation> invocation = MakeExecInvocation(flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  const ExecOptions& exec = invocation->exec;
  absl::StatusOr<std::string> program = FindCommand(exec.command.front(), environment);
  if (!program.ok()) return program.status();
  const CredentialKey key = ExecCredentialKey(exec, *program, environment);
  // What a plugin's failure hangs on is in the key, as far as it can be known.
  absl::Status answered = AnswerKubectl(
      {key, invocation->answer, exec.time_limit, nullptr,
       [&](CredentialStore&, Attendance attendance) {
         return IssueExecCredential(exec, *program, attendance == Attendance::kAttended, environment);
       },
       nullptr,
       [&](CredentialStore& store, const Issuance& issuance) {
         NoteIssuance(key, issuance, store, environment);
       }},
      environment);
  if (!answered.ok()) return answered;
  return Output();
}

absl::StatusOr<Output> RunForgetExec(const Command&, const ParsedFlags& flags,
                                     const Environment& environment) {
  absl::StatusOr<ExecInvocation> invocation = MakeExecInvocation(flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  const absl::StatusOr<ForgottenCount> count = ForgetFor(*invocation, environment);
  if (count.ok() && count->credentials == 0) {
    PrintWarning(kProgramName,
                 WithHint(absl::NotFoundError("nothing was stored of this command with these arguments"),
                          "`credential_provider status` shows what is stored"));
  }
  return Forgotten(count);
}

}  // namespace

const Command kGetExecCommand = {
    "get exec",
    "-- COMMAND ARG...",
    "what another exec plugin prints, with this cache",
    R"(Prints the ExecCredential that COMMAND, any exec plugin (aws, gke-gcloud-auth-plugin, kubelogin ...), has printed: a
stored one while it is good, else COMMAND is run, without a shell and with the environment as it is. Any number of runs
that need it at once start it once. What is stored belongs to the command with its arguments, the program's file, the
cluster, if kubectl tells it, and all variables but those that tell of the terminal, the shell, the editor or the step of a
job (TERM, TMUX, VSCODE_* and the like); --key-env names those of them that count. What has no expiry is not
stored.)",
    &Flags,
    &RunGetExec,
    nullptr,
    "",
    nullptr,
    /*takes_defaults=*/false,
};

const Command kForgetExecCommand = {
    "forget exec",
    "-- COMMAND ARG...",
    "removes what is stored of another plugin",
    "Removes all that `get exec` has stored of this command with these arguments.",
    &Flags,
    &RunForgetExec,
};

}  // namespace credential_provider
