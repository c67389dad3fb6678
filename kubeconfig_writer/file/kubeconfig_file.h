// Changes a kubeconfig file so that it is always either as it was or as it should be.
#ifndef KUBECONFIG_WRITER_FILE_KUBECONFIG_FILE_H_
#define KUBECONFIG_WRITER_FILE_KUBECONFIG_FILE_H_

#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"

namespace kubeconfig_writer {

// Changes a document. It may be called more than once and must succeed when nothing is left to do; another
// program may have undone it. What belongs together should be one KubeconfigDocument::Apply.
using EditKubeconfigText = absl::FunctionRef<absl::Status(KubeconfigDocument&)>;

struct EditOptions {
  std::string backups;  // the folder for the state before (see backup.h); "" for none

  // Called when the file was written, before it is looked at again. What `edit` need not put back when
  // another program changes it afterwards, like the current context, it can leave out from then on.
  std::function<void()> written;
};

// Applies `edit` to the file at `path` and returns whether the file changed. The new text is written beside
// the file and renamed over it, or over what it links to, under kubectl's lock and only when the file is
// still what was edited; who may use it stays the same (file_access.h), a new file gets mode 0600 and new
// folders 0700. What deserves a word, like a mode by which anybody can write it, goes to stderr. What another
// program writes meanwhile is read and edited again, never overwritten. kubectl reads before it takes its
// lock and then deletes entries that it did not know, so the file is looked at once more afterwards. After an
// error nothing was written, and nothing is left behind.
absl::StatusOr<bool> EditKubeconfig(const std::string& path, EditKubeconfigText edit,
                                    const EditOptions& options = {});

// Returns what EditKubeconfig would change as a unified diff without secrets; "" for nothing. Writes nothing.
absl::StatusOr<std::string> PreviewEdit(const std::string& path, EditKubeconfigText edit);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_KUBECONFIG_FILE_H_
