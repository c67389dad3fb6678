// credential_provider: a client-go exec credential provider. See README.md.
#include <signal.h>

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/command.h"
#include "credential_provider/doctor_command.h"
#include "credential_provider/forget_command.h"
#include "credential_provider/get_command.h"
#include "credential_provider/get_exec_command.h"
#include "credential_provider/kubectl_plugin.h"
#include "credential_provider/platform/this_process.h"
#include "credential_provider/program_commands.h"
#include "credential_provider/program_name.h"
#include "credential_provider/status_command.h"
#include "credential_provider/whoami_command.h"

namespace {

using namespace credential_provider;  // NOLINT: the table below is made of it

extern const Program kProgram;  // some commands are about the whole of it

constexpr const Command* kCommands[] = {
    &kGetAckCommand,     &kGetAckTokenCommand,    &kGetExecCommand,    &kWhoamiCommand,
    &kDoctorAckCommand,  &kDoctorAckTokenCommand, &kStatusCommand,     &kForgetAckCommand,
    &kForgetAckTokenCommand, &kForgetExecCommand, &kForgetCommand,
    &kCompletionCommand<kProgram>, &kCompleteCommand<kProgram>, &kManCommand<kProgram>,
};

constexpr Program kProgram = {
    kProgramName,
    "credential_provider prints a short-lived credential for a Kubernetes cluster, as kubectl asks for it.",
    "It is meant to be started by kubectl: `kubeconfig_writer install ack` puts it into the kubeconfig.\n",
    kCommands,
};

}  // namespace

int main(int argc, char** argv, char** environment) {
  const absl::Status mine = HandOver(kProgramName, argv);
  if (!mine.ok()) {
    Complain(kPluginName, mine);
    return kFailure;
  }
  KeepMemoryPrivate();
  // A file that RLIMIT_FSIZE forbids to write is an error to report, not a death. Unlike SIG_IGN, children start without.
  signal(SIGXFSZ, [](int) {});
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return RunProgram(kProgram, args, Environment(environment));
}
