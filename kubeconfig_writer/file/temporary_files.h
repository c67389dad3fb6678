// The temporary files that are beside a kubeconfig while it is written: made, and removed when a killed run
// has left them.
#ifndef KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_
#define KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_

#include <string>

#include "credential_provider/base/file.h"
#include "kubeconfig_writer/file/kubeconfig_target.h"

namespace kubeconfig_writer {

// Makes such a file beside `place`, with mode 0600, opens it to write, and sets its name, which no other
// program uses. When that fails the descriptor is not ok, and errno says why.
credential_provider::FileDescriptor MakeTemporaryFile(const FilePlace& place, std::string* name);

// Removes the temporary files beside `place` that are ours: by name, owner, and an age of over a minute. A
// living run needs some milliseconds.
void RemoveLeftovers(const FilePlace& place);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_TEMPORARY_FILES_H_
