#include "kubeconfig_writer/commands/undo_command.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/report.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/undo.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kForget[] = "--forget";

std::vector<FlagSpec> UndoFlags(const Command&) {
  return {kKubeconfigFlag,
          kDryRunFlag,
          {kForget, nullptr, "take nothing back, but remove all backups of the file"}};
}

// Returns the file of `paths` that was changed last. What is wrong with another one is told only when there
// is none.
absl::StatusOr<std::string> LastEdited(const std::vector<std::string>& paths, const std::string& backups) {
  absl::StatusOr<std::string> last = absl::NotFoundError("");
  absl::Time when = absl::InfinitePast();
  for (const std::string& path : paths) {
    const absl::StatusOr<absl::Time> edited = LastEdit(path, backups);
    if (edited.ok() && *edited > when) {
      when = *edited;
      last = path;
    } else if (!last.ok() && (last.status().message().empty() || !absl::IsNotFound(edited.status()))) {
      last = edited.status();
    }
  }
  return last;
}

absl::StatusOr<std::string> Forget(const std::vector<std::string>& paths, const std::string& backups) {
  std::string told;
  for (const std::string& path : paths) {
    absl::Status forgotten = ForgetEdits(path, backups);
    if (!forgotten.ok()) return forgotten;
    told += LineFor(STDOUT_FILENO, absl::StrCat("there are no backups of ", Printable(path)));
  }
  return told;
}

absl::StatusOr<std::string> Undo(const ParsedFlags& flags, const Environment& environment) {
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  const std::string backups = BackupFolder(environment);
  if (backups.empty()) {
    return WithHint(absl::FailedPreconditionError("undo: no backups are kept in a CI job or without a HOME"),
                    "run it where the change was made, or change the file by hand");
  }
  if (flags.Has(kForget)) return Forget(*paths, backups);
  absl::StatusOr<std::string> path = LastEdited(*paths, backups);
  if (!path.ok()) return path.status();
  if (flags.Has(kDryRunFlag.name)) return PreviewUndo(*path, backups);
  absl::StatusOr<std::string> undone = UndoLastEdit(*path, backups);
  if (!undone.ok()) return undone.status();
  return absl::StrCat(LineFor(STDOUT_FILENO, absl::StrCat("reverted the last change of ", Printable(*path))),
                      *undone);
}

absl::StatusOr<Output> RunUndo(const Command&, const ParsedFlags& flags, const Environment& environment) {
  if (flags.Has(kForget) && flags.Has(kDryRunFlag.name))
    return UsageError(absl::StrCat(kForget, ": --dry-run has nothing to show of it"));
  absl::StatusOr<std::string> told = Undo(flags, environment);
  if (!told.ok()) return told.status();
  return Output{*std::move(told)};
}

}  // namespace

const Command kUndoCommand = {
    "undo",
    "",
    "reverts the last change, if the file is still as it was left",
    R"(Reverts the last change of this program to a kubeconfig, byte for byte. Refuses when the file is not byte
for byte as it was left. The last five states of each file are kept in $XDG_STATE_HOME/kubeconfig_writer, for this user
only; a state holds what the file held, static keys too. Root keeps them in its own home, also with the HOME of another user
(sudo -E): only root's undo finds what root has changed; sudo -u USER makes it that user's own change.)",
    &UndoFlags,
    &RunUndo,
};

}  // namespace kubeconfig_writer
