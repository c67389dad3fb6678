// Replaces a kubeconfig under kubectl's lock, and keeps the state before.
#ifndef KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_
#define KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"

namespace kubeconfig_writer {

// The text of a file, nothing when there is no file. A view: who calls keeps the text.
using FileState = absl::optional<absl::string_view>;

// Replaces the content of `target` by `after` if it still is `before`, else returns Aborted. Keeps `before`
// in the folder `backups` unless that is "". Who may use the file stays the same, see file_access.h. After an
// error nothing was written, and no temporary file is left.
absl::Status ReplaceLocked(KubeconfigTarget& target, FileState before, FileState after,
                           const std::string& backups);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_LOCKED_REPLACE_H_
