// kubeconfig_writer: puts our exec stanza into a kubeconfig and takes it out again. See README.md.
#include <signal.h>

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/command.h"
#include "credential_provider/kubectl_plugin.h"
#include "credential_provider/platform/this_process.h"
#include "credential_provider/program_commands.h"
#include "kubeconfig_writer/audit_command.h"
#include "kubeconfig_writer/clusters_command.h"
#include "kubeconfig_writer/export_command.h"
#include "kubeconfig_writer/install_command.h"
#include "kubeconfig_writer/install_exec_command.h"
#include "kubeconfig_writer/list_command.h"
#include "kubeconfig_writer/migrate_command.h"
#include "kubeconfig_writer/program_name.h"
#include "kubeconfig_writer/revoke_command.h"
#include "kubeconfig_writer/states_command.h"
#include "kubeconfig_writer/undo_command.h"
#include "kubeconfig_writer/uninstall_command.h"
#include "kubeconfig_writer/verify_command.h"

namespace {

using namespace credential_provider;  // NOLINT: the table below is made of both
using namespace kubeconfig_writer;    // NOLINT

extern const Program kProgram;  // some commands are about the whole of it

constexpr const Command* kCommands[] = {
    &kClustersCommand,
    &kInstallAckCommand,
    &kInstallAckTokenCommand,
    &kInstallExecCommand,
    &kUninstallCommand,
    &kUndoCommand,
    &kListCommand,
    &kVerifyCommand,
    &kAuditCommand,
    &kExportCommand,
    &kRevokeCommand,
    &kStatesCommand,
    &kMigrateCommand,
    &kCompletionCommand<kProgram>,
    &kCompleteCommand<kProgram>,
    &kManCommand<kProgram>,
};

constexpr Program kProgram = {
    kWriterName,
    "kubeconfig_writer puts the exec stanza of credential_provider into a kubeconfig, and takes it out "
    "again.",
    "Called kubectl-ack, as `kubectl ack` does, it is credential_provider too: get, whoami, doctor, status and "
    "forget.\n",
    kCommands,
};

}  // namespace

int main(int argc, char** argv, char** environment) {
  const absl::Status mine = HandOver(kWriterName, argv);
  if (!mine.ok()) {
    Complain(kPluginName, mine);
    return kFailure;
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like a full disk
  KeepMemoryPrivate();
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return credential_provider::RunProgram(kProgram, args, credential_provider::Environment(environment));
}
