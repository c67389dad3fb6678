#include "kubeconfig_writer/commands/install_exec_command.h"

#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "kubeconfig_writer/commands/command_notice.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/entries/provider_command.h"
#include "kubeconfig_writer/entries/wrapped_user.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kUser[] = "--user";
constexpr char kCommand[] = "--command";

constexpr FlagSpec kOwnFlags[] = {
    {kUser, "NAME", "the user in the kubeconfig whose plugin is meant", nullptr, Preset::kNever},
    kKubeconfigFlag,
    {kCommand, "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kDryRunFlag,
    kNoBackupFlag,
};

std::vector<FlagSpec> InstallExecFlags(const Command&) {
  std::vector<FlagSpec> flags(std::begin(kOwnFlags), std::end(kOwnFlags));
  const std::vector<FlagSpec> get = ExecInvocationFlags();
  flags.insert(flags.end(), get.begin(), get.end());
  return flags;
}

// What the flags say of the run; the command is in the kubeconfig.
absl::StatusOr<ExecInvocation> ParseInvocation(const ParsedFlags& flags) {
  absl::StatusOr<ExecOptions> exec = ParseExecOptions(flags, {"the plugin"});
  if (!exec.ok()) return exec.status();
  absl::StatusOr<AnswerOptions> answer = ParseAnswerOptions(flags);
  if (!answer.ok()) return answer.status();
  return ExecInvocation{*std::move(exec), *std::move(answer)};
}

// Where a user stands, and the command by which it runs our provider already, if it does.
struct Place {
  std::string path;
  std::string command;
};

// Returns the first of `paths` that has the user.
absl::StatusOr<Place> PlaceOf(const std::vector<std::string>& paths, absl::string_view user) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    if (document->Has(KubeconfigList::kUsers, user)) return Place{path, CommandOf(*document, user)};
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat("user ", Printable(user), ": not in ", Printable(paths.front()),
                                       paths.size() > 1 ? " or the other files of KUBECONFIG" : "")),
      "`kubectl config get-users` lists those that are there; name the file with --kubeconfig");
}

absl::StatusOr<Output> RunInstallExec(const Command&, const ParsedFlags& flags,
                                      const Environment& environment) {
  const std::string user(flags.Get(kUser));
  if (user.empty()) return UsageError("install exec: needs --user, the name of a user in the kubeconfig");
  absl::StatusOr<ExecInvocation> invocation = ParseInvocation(flags);
  if (!invocation.ok()) return UsageError(invocation.status());
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<Place> place = PlaceOf(*paths, user);
  if (!place.ok()) return place.status();
  const std::string& path = place->path;
  absl::StatusOr<ChosenCommand> provider =
      ProviderCommand({std::string(flags.Get(kCommand)), place->command, path}, environment);
  if (!provider.ok()) return provider.status();
  const EditChoice choice = ParseEditChoice(flags, environment);
  absl::StatusOr<Edited> edited = EditAsAsked(
      path,
      [&](KubeconfigDocument& document) { return WrapUser(user, provider->command, *invocation, document); },
      choice);
  if (!edited.ok()) return edited.status();
  if (choice.dry_run) return Output{edited->diff};
  if (edited->changed) SayCommand(*provider, environment);
  return Output{LineFor(STDOUT_FILENO, absl::StrCat(edited->changed ? "wrapped the plugin of user "
                                                                    : "nothing to do: wrapped is user ",
                                                    Printable(user), " in ", Printable(path)))};
}

}  // namespace

const Command kInstallExecCommand = {
    "install exec",
    "",
    "wraps an existing exec plugin with this cache",
    R"(Lets a user of the kubeconfig that runs another exec plugin (aws, gke-gcloud-auth-plugin, kubelogin ...) run
`credential_provider get exec` in front of it: one start for many kubectl at once, renewed before its end, and outages
ridden out. `uninstall USER` restores the plugin. Doing it again changes nothing.)",
    &InstallExecFlags,
    &RunInstallExec,
};

}  // namespace kubeconfig_writer
