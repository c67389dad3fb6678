#include "kubeconfig_writer/uninstall_command.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/cluster_entry.h"
#include "kubeconfig_writer/context_names.h"
#include "kubeconfig_writer/kubeconfig_path.h"
#include "kubeconfig_writer/stored_credentials.h"
#include "kubeconfig_writer/wrapped_user.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Returns the first of `paths` that has an entry of ours called `name`.
absl::StatusOr<std::string> PathOf(const std::vector<std::string>& paths, absl::string_view name) {
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    if (IsOurs(*document, name) || IsWrapped(*document, name)) return path;
  }
  return absl::NotFoundError(absl::StrCat(Printable(name), ": no entry that this program made, in ",
                                          paths.front(),
                                          paths.size() > 1 ? " and the other files of KUBECONFIG" : ""));
}

std::vector<FlagSpec> UninstallFlags() { return {kKubeconfigFlag, kDryRunFlag, kNoBackupFlag}; }

absl::StatusOr<Output> RunUninstall(const Command&, const ParsedFlags& flags,
                                    const Environment& environment) {
  if (flags.operands().size() != 1) return UsageError("uninstall: needs the name of one context");
  absl::StatusOr<std::string> told =
      Uninstall({flags.operands()[0], std::string(flags.Get(kKubeconfigFlag.name)),
                 ParseEditChoice(flags, environment)},
                environment);
  if (!told.ok()) return told.status();
  return Output{*std::move(told)};
}

}  // namespace

absl::StatusOr<std::string> Uninstall(const UninstallRequest& request, const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPaths(request.kubeconfig, environment);
  if (!paths.ok()) return paths.status();
  const std::string& name = request.name;
  absl::StatusOr<std::string> path = PathOf(*paths, name);
  if (!path.ok()) return path.status();
  bool unwrapped = false;
  std::vector<std::string> args;
  const auto edit = [&](KubeconfigDocument& document) {
    if (!IsOurs(document, name) && !IsWrapped(document, name)) return absl::OkStatus();
    args = ArgsOf(document, name);
    unwrapped = !IsOurs(document, name);
    if (unwrapped) return UnwrapUser(name, document);
    absl::StatusOr<std::vector<KubeconfigEdit>> edits = EditsToRemove(name, document);
    return edits.ok() ? document.Apply(*edits) : edits.status();
  };
  absl::StatusOr<Edited> edited = EditAsAsked(*path, edit, request.edit);
  if (!edited.ok()) return edited.status();
  if (request.edit.dry_run) return edited->diff;
  ForgetStored(args, environment);
  if (unwrapped) return absl::StrCat("gave user ", name, " in ", *path, " its own plugin back\n");
  return absl::StrCat("removed context ", name, " from ", *path, "\n");
}

const Command kUninstallCommand = {
    "uninstall",
    "CONTEXT",
    "removes what install has added",
    R"(Removes the cluster, user and context that install has added, and nothing else: the file is as it was before. For
`install exec`, CONTEXT is the name of the user: it gets its own plugin back. What credential_provider has stored for it
is forgotten.)",
    &UninstallFlags,
    &RunUninstall,
    &OurContextNames,
};

}  // namespace kubeconfig_writer
