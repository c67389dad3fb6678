#include "kubeconfig_writer/commands/install_user_command.h"

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/invocation/invocation.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/stanza_change.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kUser[] = "--user";
constexpr char kReplace[] = "--replace";
constexpr char kCommand[] = "--command";

constexpr FlagSpec kOwnFlags[] = {
    {kUser, "NAME", "the name of the user in the kubeconfig (needed)", nullptr, Preset::kNever},
    {kReplace, nullptr, "replace a user of this name that is for another identity"},
    kKubeconfigFlag,
    {kCommand, "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kDryRunFlag,
    kNoBackupFlag,
};

std::vector<FlagSpec> Flags(const Command& command) {
  std::vector<FlagSpec> flags(std::begin(kOwnFlags), std::end(kOwnFlags));
  const std::vector<FlagSpec> get = GetFlags(*command.kind);
  flags.insert(flags.end(), get.begin(), get.end());
  return flags;
}

absl::StatusOr<Output> Run(const Command& command, const ParsedFlags& flags, const Environment& environment) {
  ClusterEntry entry;
  entry.name = std::string(flags.Get(kUser));
  if (entry.name.empty())
    return UsageError(absl::StrCat(NameOf(command), ": needs --user, the name of the user"));
  absl::StatusOr<Invocation> invocation = MakeInvocation(*command.kind, flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(*paths);
  if (!files.ok()) return files.status();
  const std::string path = files->PathFor(entry.name);
  absl::StatusOr<ChosenCommand> chosen = ProviderCommand(
      {std::string(flags.Get(kCommand)), files->CommandIn(path, entry.name), path}, environment);
  if (!chosen.ok()) return chosen.status();
  entry.command = chosen->command;
  entry.args = FormatInvocation(*invocation);
  entry.api_version = invocation->api_version;
  if (const KubeconfigDocument* const document = files->DocumentAt(path))
    entry.env = WithShared({}, StanzaOf(*document, entry.name).env, environment);
  entry.replace = flags.Has(kReplace);
  const EditChoice choice = ParseEditChoice(flags, environment);
  absl::StatusOr<Edited> edited = EditAsAsked(
      path, [&](KubeconfigDocument& document) { return AddUser(entry, document); }, choice);
  if (!edited.ok()) return edited.status();
  if (choice.dry_run) return Output{edited->diff};
  if (edited->changed) SayCommand(*chosen, environment);
  return Output{LineFor(STDOUT_FILENO, absl::StrCat(edited->changed ? "wrote user " : "nothing to do: user ",
                                                    Printable(entry.name),
                                                    edited->changed ? " to " : " is in ", Printable(path)))};
}

}  // namespace

Command InstallUserCommand() {
  return {
      "install",
      "",
      "adds a user that runs it",
      R"(Adds a user to the kubeconfig that runs `credential_provider get` with the flags given here. No secret is written.
`kubectl config set-context CONTEXT --cluster CLUSTER --user NAME` leads a context to it. Doing it again changes nothing.)",
      &Flags,
      &Run};
}

}  // namespace kubeconfig_writer
