// Reads kubeconfigs as kubectl does: without a lock, while others write them.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"

namespace kubeconfig_writer {

// Reads the file at `path`; a missing one gives the document for that. Something empty or unreadable that was
// written just now is read again: kubectl writes in place. What was parsed is kept, so that reading the same
// bytes again costs no more than that. A pipe is read once, and not waited for without end. Errors name the
// file.
absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path);

// The same for one that is to be changed: it is read in its folder, and no link is followed.
absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const KubeconfigTarget& target);

// Keeps `document` as what the file at `path` holds.
void KeepParsed(const std::string& path, const KubeconfigDocument& document);

// Opens the file when it is `text`, byte for byte; a descriptor that is not ok when there is no file and
// `text` is nothing. Aborted when the file is otherwise.
absl::StatusOr<credential_provider::FileDescriptor> OpenIfEqual(const KubeconfigTarget& target,
                                                                absl::optional<absl::string_view> text);

// Who has written the file in the last seconds. This program makes a new file each time, others
// write in place. Where the file system does not tell when a file was made, they are taken for others.
enum class RecentWriter { kNone, kThisProgram, kOthers };
RecentWriter RecentWriterOf(const KubeconfigTarget& target);

// Returns the text of the document, nothing when there should be no file: a view, good until its next Apply.
absl::optional<absl::string_view> StateOf(const KubeconfigDocument& document);

// Says of a refused text, or edit of it, that nothing was changed.
absl::Status WithNothingChangedHint(const absl::Status& status, const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_
