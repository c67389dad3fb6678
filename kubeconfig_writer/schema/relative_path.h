// Paths that are in a kubeconfig.
#ifndef KUBECONFIG_WRITER_SCHEMA_RELATIVE_PATH_H_
#define KUBECONFIG_WRITER_SCHEMA_RELATIVE_PATH_H_

#include <string>

namespace kubeconfig_writer {

// Returns `path` of an entry in `file`: what is relative there is meant from the file's folder.
std::string ResolvePath(const std::string& path, const std::string& file);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_RELATIVE_PATH_H_
