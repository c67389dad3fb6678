// Replaces a kubeconfig under kubectl's lock, and keeps the state before.
#ifndef KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_
#define KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace kubeconfig_writer {

// The text of a file, nothing when there is no file.
using FileState = absl::optional<absl::string_view>;

// Makes `after` of the file at `target`, to which `path` leads, if it is `before`; else Aborted. Keeps
// `before` in the folder `backups` unless that is "". After an error nothing was written, and nothing is left
// after.
absl::Status ReplaceLocked(const std::string& path, const std::string& target, FileState before,
                           FileState after, const std::string& backups);

// Returns the path by which the file at `target` has its backups, however it is named.
std::string BackupName(const std::string& target);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_
