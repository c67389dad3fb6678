#include "kubeconfig_writer/commands/verify_command.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation/invocation.h"
#include "kubeconfig_writer/access/cluster_access.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/entries/install_line.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/schema/exec_stanza.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

std::vector<FlagSpec> VerifyFlags(const Command&) { return {kKubeconfigFlag, kTimeoutFlag}; }

std::string InWords(const ContextView& view) {
  const std::string name = Printable(view.context.name), cluster = Printable(view.cluster.name),
                    user = Printable(view.user.name);
  const bool are_one = name == cluster && name == user;
  return absl::StrCat(name, are_one ? "" : absl::StrCat(": cluster ", cluster, ", user ", user), ", in ",
                      Printable(view.context.file));
}

// What others' plugins are called is theirs; that one is not there the walk itself says.
void WarnIfOurs(const KubeconfigEntry& user, const Environment& environment) {
  if (!RunsProvider(user.content) && !IsWrapped(user.content)) return;
  const absl::StatusOr<ExecStanza> stanza = ParseExecStanza(user.content.at("exec"), user.file);
  const absl::Status status =
      stanza.ok() ? CheckCommand(stanza->command, InstallLine(user), environment) : absl::OkStatus();
  if (absl::IsFailedPrecondition(status)) PrintWarning(kWriterProgramName, status);
}

absl::Status Verify(const std::string& name, const MergedKubeconfig& kubeconfig, absl::Duration time_limit,
                    const Environment& environment) {
  absl::StatusOr<ContextView> view = FindContext(kubeconfig, name);
  if (!view.ok()) return view.status();
  PrintStep("context", InWords(*view));
  WarnIfOurs(view->user, environment);
  CurlTransport transport("", &SayWaitingFor);
  absl::StatusOr<Access> access =
      ReachCluster(view->cluster, view->user, {environment, transport, time_limit}, PrintStep);
  return access.ok() ? access->namespaces : access.status();
}

absl::StatusOr<Output> RunVerify(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  absl::StatusOr<absl::Duration> time_limit = ParseTimeout(flags);
  if (!time_limit.ok()) return UsageError(time_limit.status());
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<std::string> context = ChosenContext(command, flags, *kubeconfig);
  if (!context.ok()) return context.status();
  absl::Status verified = Verify(*context, *kubeconfig, *time_limit, environment);
  if (!verified.ok()) return verified;
  return Output{OkLine("all is well")};
}

}  // namespace

const Command kVerifyCommand = {
    "verify",
    "[CONTEXT]",
    "tests a context end to end",
    R"(Does what kubectl does with a context, the current one or any other, whoever made it: kuberc's plugin policy, the exec stanza or the static
credential, the connection with the authority given, a review of the caller, the list of namespaces. Stops at the first
thing that is broken and says what to do about it. Changes nothing; the plugin may store what it gets.)",
    &VerifyFlags,
    &RunVerify,
    &ContextNames,
};

}  // namespace kubeconfig_writer
