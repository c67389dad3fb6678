// What is at a path and is no file: a device, a pipe, a socket. A new file that takes its name would end it.
#ifndef KUBECONFIG_WRITER_FILE_SPECIAL_FILE_H_
#define KUBECONFIG_WRITER_FILE_SPECIAL_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace kubeconfig_writer {

// Returns true when `path` leads to something that is neither a file nor a folder.
bool IsSpecialFile(const std::string& path);

// FailedPrecondition, with a hint, when `path` leads to such a thing: it is no place for a kubeconfig.
absl::Status CheckNotSpecial(const std::string& path);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_SPECIAL_FILE_H_
