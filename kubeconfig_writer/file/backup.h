// The last few states of kubeconfigs before this program changed them, for `undo`. A state may hold static
// keys, so the folder is private, and never beside the kubeconfig.
#ifndef KUBECONFIG_WRITER_FILE_BACKUP_H_
#define KUBECONFIG_WRITER_FILE_BACKUP_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"

namespace kubeconfig_writer {

// So many states are kept of each file.
inline constexpr int kKeptBackups = 5;

// One change of a file by this program. A state is the file's text, or nothing when there is no file.
struct Backup {
  absl::Time time;
  absl::optional<std::string> before;
  absl::optional<std::string> after;
};

// Returns the folder for backups: $XDG_STATE_HOME/kubeconfig_writer, or ~/.local/state/kubeconfig_writer,
// for root its own where those are another user's; "" for none, in a CI job or without a HOME.
std::string BackupFolder(const credential_provider::Environment& environment);

// The same in a CI job too: what earlier runs outside of one have kept.
std::string UsualBackupFolder(const credential_provider::Environment& environment);

// Keeps in `folder`, which is made private if need be, what `file` is before a change and what it will be
// after it, and removes the oldest backup of the same file. A file is named by its resolved path.
absl::Status KeepBackup(const std::string& folder, const std::string& file, absl::Time time,
                        absl::optional<absl::string_view> before, absl::optional<absl::string_view> after);

// Returns the newest backup of `file`; NotFound if there is none.
absl::StatusOr<Backup> NewestBackup(const std::string& folder, const std::string& file);

// Removes the newest backup of `file`, or all of them.
absl::Status DropNewestBackup(const std::string& folder, const std::string& file);
absl::Status ForgetBackups(const std::string& folder, const std::string& file);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_BACKUP_H_
