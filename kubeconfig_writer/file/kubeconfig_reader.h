// Reads kubeconfigs as kubectl does: without a lock, while others write them.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"

namespace kubeconfig_writer {

// Reads the file at `path`; a missing one gives the document for that. Something empty or unreadable that was
// written just now is read again: kubectl writes in place. What was parsed is kept, so that reading the same
// bytes again costs no more than that. A pipe is read once, and not waited for without end. Errors name the
// file.
absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path);

// Keeps `document` as what the file at `path` holds.
void KeepParsed(const std::string& path, const KubeconfigDocument& document);

// Returns true when the file at `path` is `text`, byte for byte, or when there is none and `text` is nothing.
absl::StatusOr<bool> FileEquals(const std::string& path, absl::optional<absl::string_view> text);

// Who has written the file at `path` in the last seconds. This program makes a new file each time, others
// write in place. Where the file system does not tell when a file was made, they are taken for others.
enum class RecentWriter { kNone, kThisProgram, kOthers };
RecentWriter RecentWriterOf(const std::string& path);

// Returns the text of the document, nothing when there should be no file: a view, good until its next Apply.
absl::optional<absl::string_view> StateOf(const KubeconfigDocument& document);

// Says of a refused text, or edit of it, that nothing was changed.
absl::Status WithNothingChangedHint(const absl::Status& status, const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_READER_H_
