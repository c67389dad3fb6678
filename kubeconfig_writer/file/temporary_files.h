// The temporary files that are beside a kubeconfig while it is written: their names, and the removal of
// those that a killed run has left.
#ifndef KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_
#define KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_

#include <string>

namespace kubeconfig_writer {

// Returns the template of such a name for the file at `path`, ending with XXXXXX. No other program uses it.
std::string TemporaryNameOf(const std::string& path);

// Removes the temporary files beside `path` that are ours: by name, owner, and an age of over a minute. A
// living run needs some milliseconds.
void RemoveLeftovers(const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_
