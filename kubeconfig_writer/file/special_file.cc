#include "kubeconfig_writer/file/special_file.h"

#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {

bool IsSpecialFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

absl::Status CheckNotSpecial(const std::string& path) {
  if (!IsSpecialFile(path)) return absl::OkStatus();
  return credential_provider::WithHint(
      absl::FailedPreconditionError(absl::StrCat(path, ": not a regular file")),
      "nothing was changed: name a file with --kubeconfig or KUBECONFIG");
}

}  // namespace kubeconfig_writer
