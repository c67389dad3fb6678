#include "credential_provider/answer/answer_kubectl.h"

#include <unistd.h>

#include "credential_provider/base/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/terminal.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/kubernetes/exec_credential.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "credential_provider/process/detached_process.h"
#include "credential_provider/runs/run_state.h"

namespace credential_provider {
namespace {

constexpr char kExecInfo[] = "KUBERNETES_EXEC_INFO";
// What a run may take beside the time of an issuance.
constexpr absl::Duration kLockSlack = absl::Seconds(5);

absl::StatusOr<ExecApiVersion> AnswerVersion(const AnswerOptions& options, const Environment& environment) {
  absl::StatusOr<absl::optional<ExecApiVersion>> requested = RequestedApiVersion(environment.Get(kExecInfo));
  if (!requested.ok()) return requested.status();
  return requested->value_or(options.api_version);
}

ParentKind KindOfStarter(const Environment& environment) {
  const absl::string_view info = environment.Get(kExecInfo);
  if (info.empty()) return ParentKind::kSilent;
  return IsOfClientGo(info) ? ParentKind::kClientGo : ParentKind::kOtherClient;
}

// What one answer is made of. Never destroyed: a run ends right after it, and the kernel closes the files of
// a process that ends faster than it can ask for it.
struct RunContext {
  RunContext(const AnswerRequest& question, const Environment& environment)
      : store(question.options.store, environment),
        state(store.state_folders(), question.key),
        request{question.key, state} {
    request.starter = ParentOf(environment);
    request.proof = question.proof;
    request.refresh_ahead = question.options.refresh_ahead / 100.0;
    request.patience = question.time_limit + kLockSlack;
    request.tell_wait = &SayWaitingFor;
    if (question.note) request.issued = &issued;
  }

  void Note(const AnswerRequest& question) {
    if (issued) question.note(store, *issued);
  }

  CredentialStore store;
  RunState state;
  SystemClock clock;
  ProvideRequest request;
  absl::optional<Issuance> issued;
};

// Renews what was just served, in a process that kubectl does not wait for.
void RenewDetached(const AnswerRequest& question, bool credential, const Environment& environment) {
  if (!ContinueDetached(2 * question.time_limit + kLockSlack)) return;
  if (question.renew_first) question.renew_first();
  if (!credential) return;
  auto& desk = *new RunContext(question, environment);
  RenewAhead(
      desk.request, desk.store, desk.clock, [&] { return question.issue(desk.store, Attendance::kDetached); },
      [](const absl::Status&) {})
      .IgnoreError();
  desk.Note(question);
}

// Whoever types the command sees the answer. kubectl always says what it wants, so a hit of its own pays
// nothing for this.
void WarnOfTerminal(const Environment& environment) {
  if (!environment.Get(kExecInfo).empty() || !IsTerminal(STDOUT_FILENO)) return;
  PrintWarning(kProgramName, absl::FailedPreconditionError(
                                 "stdout is a terminal, and what follows has a private key or token "
                                 "in it; `status` and `doctor` show none"));
}

}  // namespace

// Only who sends nothing is known to start plugins through a shell: a hit of kubectl's does not look.
ParentProcess ParentOf(const Environment& environment) {
  const ParentKind kind = KindOfStarter(environment);
  return {kind == ParentKind::kSilent ? BehindShell(getppid()) : getppid(), kind};
}

void WarnBesideAnswer(const absl::Status& status) {
  if (!StdoutIsStderr()) PrintWarning(kProgramName, status);
}

absl::Status AnswerKubectl(const AnswerRequest& question, const Environment& environment) {
  absl::StatusOr<ExecApiVersion> version = AnswerVersion(question.options, environment);
  if (!version.ok()) return version.status();
  auto& desk = *new RunContext(question, environment);
  absl::StatusOr<Provided> provided = ProvideCredential(
      desk.request, desk.store, desk.clock, [&] { return question.issue(desk.store, Attendance::kAttended); },
      &WarnBesideAnswer);
  if (!provided.ok()) return provided.status();
  WarnOfTerminal(environment);
  absl::Status written = WriteStdout(RenderExecCredential(*version, provided->payload.Reveal()));
  desk.Note(question);
  if (written.ok() && (provided->renew_ahead || question.renew_first))
    RenewDetached(question, provided->renew_ahead, environment);
  return written;
}

}  // namespace credential_provider
