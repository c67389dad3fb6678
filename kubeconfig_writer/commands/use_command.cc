#include "kubeconfig_writer/commands/use_command.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

std::vector<FlagSpec> UseFlags(const Command&) { return {kKubeconfigFlag, kDryRunFlag, kNoBackupFlag}; }

absl::Status CheckThere(const std::string& context, const std::vector<std::string>& paths) {
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(paths);
  if (!kubeconfig.ok()) return kubeconfig.status();
  if (kubeconfig->Find(KubeconfigList::kContexts, context)) return absl::OkStatus();
  return WithHint(
      absl::NotFoundError(absl::StrCat("context ", Printable(context), ": not in the kubeconfig")),
      "`kubectl config get-contexts` shows those that are there");
}

// Returns the file that kubectl would write it to. Of several files the first that has one has the word.
absl::StatusOr<std::string> FileFor(const std::vector<std::string>& paths) {
  absl::StatusOr<KubeconfigFiles> files = KubeconfigFiles::Read(paths);
  if (!files.ok()) return files.status();
  const std::string path = PathForNewEntry(paths);
  const std::string decides = files->FileThatDecides(path);
  return decides.empty() ? path : decides;
}

absl::StatusOr<Output> RunUse(const Command&, const ParsedFlags& flags, const Environment& environment) {
  if (flags.operands().size() != 1) return UsageError("use: needs the name of one context");
  const std::string& context = flags.operands()[0];
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  absl::Status there = CheckThere(context, *paths);
  if (!there.ok()) return there;
  absl::StatusOr<std::string> path = FileFor(*paths);
  if (!path.ok()) return path.status();
  const EditChoice choice = ParseEditChoice(flags, environment);
  absl::StatusOr<Edited> edited = EditAsAsked(
      *path,
      [&](KubeconfigDocument& document) {
        if (document.current_context() == context) return absl::OkStatus();
        return document.Apply({KubeconfigEdit::Use(context)});
      },
      choice);
  if (!edited.ok()) return edited.status();
  if (choice.dry_run) return Output{edited->diff};
  return Output{LineFor(STDOUT_FILENO,
                        absl::StrCat(edited->changed ? "" : "nothing to do: ", "context ", Printable(context),
                                     " is the current-context, in ", Printable(*path)))};
}

}  // namespace

const Command kUseCommand = {
    "use",
    "CONTEXT",
    "makes a context the current one",
    R"(Makes a context, whoever made it, the current-context, as `kubectl config use-context` does, and changes no other byte of
the file but a comment that keeps the one before: uninstall gives that back.)",
    &UseFlags,
    &RunUse,
    &ContextNames,
};

}  // namespace kubeconfig_writer
