// kubeconfig_writer: puts our exec stanza into a kubeconfig and takes it out again. See README.md.
#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/self/kubectl_completion.h"
#include "credential_provider/cli/self/self_commands.h"
#include "credential_provider/platform/this_process.h"
#include "kubeconfig_writer/commands/audit_command.h"
#include "kubeconfig_writer/commands/clusters_command.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/commands/export_command.h"
#include "kubeconfig_writer/commands/install_command.h"
#include "kubeconfig_writer/commands/install_exec_command.h"
#include "kubeconfig_writer/commands/list_command.h"
#include "kubeconfig_writer/commands/migrate_command.h"
#include "kubeconfig_writer/commands/prompt_line.h"
#include "kubeconfig_writer/commands/provider_commands.h"
#include "kubeconfig_writer/commands/revoke_command.h"
#include "kubeconfig_writer/commands/states_command.h"
#include "kubeconfig_writer/commands/sync_command.h"
#include "kubeconfig_writer/commands/undo_command.h"
#include "kubeconfig_writer/commands/uninstall_command.h"
#include "kubeconfig_writer/commands/use_command.h"
#include "kubeconfig_writer/commands/verify_command.h"
#include "kubeconfig_writer/commands/warm_command.h"

namespace {

using namespace credential_provider;  // NOLINT: the table below is made of both
using namespace kubeconfig_writer;    // NOLINT

extern const Program kProgram;  // some commands are about the whole of it

// In the order in which help lists them.
std::vector<Command> Commands() {
  std::vector<Command> all;
  const auto add = [&all](const std::vector<Command>& some) {
    all.insert(all.end(), some.begin(), some.end());
  };
  add({kClustersCommand});
  add(ShortInstallCommands());
  add(InstallCommands());
  add({SyncCommand(), kInstallExecCommand, kUninstallCommand, kUndoCommand, kListCommand, kUseCommand,
       kVerifyCommand, kWarmCommand});
  add(ContextCommands());
  add({kAuditCommand, kExportCommand, kRevokeCommand, kStatesCommand, kMigrateCommand,
       kConfigCommand<kProgram>, kCompletionCommand<kProgram>, kCompleteCommand<kProgram>,
       kManCommand<kProgram>});
  add(HandedCommands());
  return all;
}

constexpr Program kProgram = {
    kWriterProgramName,
    "kubeconfig_writer puts the exec stanza of credential_provider into a kubeconfig, and takes it out "
    "again.",
    "Called kubectl-ack, as `kubectl ack` does, it is credential_provider too.\n",
    &Commands,
    /*knows_all_defaults=*/true,
    &WriterFlagValues,
};

// As kubectl-ack it is both programs, but for `get`, which a stanza has.
absl::Status HandOver(const char* started_as, std::vector<std::string>* args) {
  if (TakeTypedName(args) || !IsCalled(started_as, kPluginName)) return absl::OkStatus();
  SetTypedName(kKubectlPlugin);
  if (!args->empty() && args->front() == "get") return Become(kProgramName, *args);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv, char** environment) {
  std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  const absl::Status mine = HandOver(argv[0], &args);
  if (!mine.ok()) {
    PrintError(kPluginName, mine);
    return kFailure;
  }
  IgnoreWriteSignals();
  KeepMemoryPrivate();
  const Environment variables(environment);
  if (IsCalled(argv[0], kPluginCompletionName)) {
    SetTypedName(kKubectlPlugin);
    return WriteStdout(CompleteForKubectl(AsTyped(kProgram), args, variables)).ok() ? kSuccess : kFailure;
  }
  if (const auto prompt = FlagsOfPrompt(args)) {
    WriteStdout(PromptLine(*prompt, variables)).IgnoreError();
    return kSuccess;
  }
  return RunProgram(AsTyped(kProgram), args, variables);
}
