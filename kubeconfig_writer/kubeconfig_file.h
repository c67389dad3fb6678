// Changes a kubeconfig file so that it is always either as it was or as it should be.
#ifndef KUBECONFIG_WRITER_KUBECONFIG_FILE_H_
#define KUBECONFIG_WRITER_KUBECONFIG_FILE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kubeconfig_writer/kubeconfig_document.h"

namespace kubeconfig_writer {

// Reads the file at `path` without a lock, as kubectl does; a missing one gives the document for that.
// Something empty or unreadable that was written just now is read again: kubectl writes in place. Errors name
// the file.
absl::StatusOr<KubeconfigDocument> ReadKubeconfig(const std::string& path);

// Applies `edit` to the file at `path` under kubectl's lock and returns whether the file changed. The new
// text is written beside the file and renamed over it, or over what it links to; mode and owner stay, a new
// file gets mode 0600 and new folders 0700. What another program writes meanwhile is read again, never
// overwritten. kubectl reads before it takes its lock and then deletes entries that it did not know, so the
// file is looked at once more afterwards; `edit` must therefore be happy to find its work done. When `edit`
// fails nothing is written.
absl::StatusOr<bool> EditKubeconfig(const std::string& path,
                                    absl::FunctionRef<absl::Status(KubeconfigDocument&)> edit);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_KUBECONFIG_FILE_H_
