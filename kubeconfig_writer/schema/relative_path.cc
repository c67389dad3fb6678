#include "kubeconfig_writer/schema/relative_path.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"

namespace kubeconfig_writer {

std::string ResolvePath(const std::string& path, const std::string& file) {
  if (path.empty() || path[0] == '/') return path;
  return absl::StrCat(credential_provider::DirectoryOf(file), "/", path);
}

}  // namespace kubeconfig_writer
