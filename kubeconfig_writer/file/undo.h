// Takes back what this program changed last.
#ifndef KUBECONFIG_WRITER_FILE_UNDO_H_
#define KUBECONFIG_WRITER_FILE_UNDO_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace kubeconfig_writer {

// All of them look in the folder `backups` (see backup.h) for the file that `path` leads to. NotFound when
// there is no backup of it. FailedPrecondition when the file is not byte for byte as the last change left it.

// Returns when the last change was made.
absl::StatusOr<absl::Time> LastEdit(const std::string& path, const std::string& backups);

// Gives the file back the state before the last change, and returns by name which entries that adds, changes
// and removes (kubeconfig_diff.h).
absl::StatusOr<std::string> UndoLastEdit(const std::string& path, const std::string& backups);

// Returns what UndoLastEdit would change as a unified diff without secrets.
absl::StatusOr<std::string> PreviewUndo(const std::string& path, const std::string& backups);

// Removes all backups of the file.
absl::Status ForgetEdits(const std::string& path, const std::string& backups);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_UNDO_H_
