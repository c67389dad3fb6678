#include "kubeconfig_writer/file/edit_choice.h"

#include <utility>

#include "kubeconfig_writer/file/backup.h"

namespace kubeconfig_writer {

EditChoice ParseEditChoice(const credential_provider::ParsedFlags& flags,
                           const credential_provider::Environment& environment) {
  EditChoice choice;
  choice.dry_run = flags.Has(kDryRunFlag.name);
  if (!flags.Has(kNoBackupFlag.name)) choice.options.backups = BackupFolder(environment);
  return choice;
}

absl::StatusOr<Edited> EditAsAsked(const std::string& path, EditKubeconfigText edit,
                                   const EditChoice& choice) {
  if (choice.dry_run) {
    absl::StatusOr<std::string> diff = PreviewEdit(path, edit);
    if (!diff.ok()) return diff.status();
    const bool changed = !diff->empty();
    return Edited{changed, *std::move(diff)};
  }
  absl::StatusOr<bool> changed = EditKubeconfig(path, edit, choice.options);
  if (!changed.ok()) return changed.status();
  return Edited{*changed, ""};
}

}  // namespace kubeconfig_writer
