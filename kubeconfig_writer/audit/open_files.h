// Who else than its owner can read or change a file, by its mode, its access list and the folders above it.
#ifndef KUBECONFIG_WRITER_AUDIT_OPEN_FILES_H_
#define KUBECONFIG_WRITER_AUDIT_OPEN_FILES_H_

#include <string>

namespace kubeconfig_writer {

// Returns why the file at `path`, which holds secrets or decides what is started, is too open: "mode 0644:
// others can read it". "" when only its owner can use it, or there is none.
std::string WhyReadable(const std::string& path);

// Returns why others could put another file in its place: because they can write a folder above it, or above
// what it links to. A folder that only its group can write is left alone: many systems give each user a group
// of his own.
std::string WhyFolderOpen(const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_OPEN_FILES_H_
