// credential_provider: a client-go exec credential provider. See README.md.
#include <signal.h>

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/self/self_commands.h"
#include "credential_provider/commands/doctor_command.h"
#include "credential_provider/commands/explain_command.h"
#include "credential_provider/commands/export_credentials_command.h"
#include "credential_provider/commands/flag_values.h"
#include "credential_provider/commands/forget_command.h"
#include "credential_provider/commands/get_command.h"
#include "credential_provider/commands/get_exec_command.h"
#include "credential_provider/commands/log_command.h"
#include "credential_provider/commands/login_command.h"
#include "credential_provider/commands/status_command.h"
#include "credential_provider/commands/whoami_command.h"
#include "credential_provider/platform/this_process.h"

namespace {

using namespace credential_provider;  // NOLINT: the table below is made of it

extern const Program kProgram;  // some commands are about the whole of it

// In the order in which help lists them.
std::vector<Command> Commands() {
  std::vector<Command> all;
  all.reserve(21);
  const auto add = [&all](const std::vector<Command>& some) {
    all.insert(all.end(), some.begin(), some.end());
  };
  add(GetCommands());
  add({kGetExecCommand, kWhoamiCommand, kLoginCommand});
  add(DoctorCommands());
  add(ExplainCommands());
  add({kStatusCommand, kLogCommand, kExportCredentialsCommand});
  add(ForgetCommands());
  add({kForgetExecCommand, kForgetCommand, kCompletionCommand<kProgram>, kCompleteCommand<kProgram>,
       kManCommand<kProgram>});
  return all;
}

constexpr Program kProgram = {
    kProgramName,
    "credential_provider prints a short-lived credential for a Kubernetes cluster, as kubectl asks for it.",
    "It is meant to be started by kubectl: `kubeconfig_writer install ack` puts it into the kubeconfig.\n"
    "What is about a context is kubeconfig_writer's, and is handed over to it: `credential_provider doctor "
    "dev`.\n",
    &Commands,
    /*knows_all_defaults=*/false,
    &FlagValues,
};

// As kubectl-ack `get` alone is this program's, since kubectl waits for it; all else is the other's, whose
// table has every command, and what kubectl asks to complete them too. REQUIRES: nothing was done yet.
absl::Status HandOver(const char* started_as, std::vector<std::string>* args) {
  if (TakeTypedName(args)) return absl::OkStatus();
  if (IsCalled(started_as, kPluginName)) {
    SetTypedName(kKubectlPlugin);
    if (!args->empty() && args->front() == "get") return absl::OkStatus();
    return Become(kWriterProgramName, *args);
  }
  if (IsCalled(started_as, kPluginCompletionName)) {
    SetTypedName(kKubectlPlugin);
    return Become(kWriterProgramName, *args, kPluginCompletionName);
  }
  if (!IsForTheOther(kProgram, *args)) return absl::OkStatus();
  SetTypedName(kProgramName);
  Become(kWriterProgramName, *args).IgnoreError();  // without the other it is as wrong as it looks
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv, char** environment) {
  std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  const absl::Status mine = HandOver(argv[0], &args);
  if (!mine.ok()) {
    PrintError(kProgramName, mine);
    return kFailure;
  }
  KeepMemoryPrivate();
  // A file that RLIMIT_FSIZE forbids to write is an error to report, not a death. Unlike SIG_IGN, children
  // start without; but what was ignored before is for them too.
  if (signal(SIGXFSZ, [](int) {}) == SIG_IGN) signal(SIGXFSZ, SIG_IGN);
  return RunProgram(AsTyped(kProgram), args, Environment(environment));
}
