#include "credential_provider/base/executable.h"

#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace credential_provider {

bool IsExecutable(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
}

std::string FindExecutable(absl::string_view command, absl::string_view search_path) {
  if (absl::StrContains(command, "/")) return IsExecutable(std::string(command)) ? std::string(command) : "";
  for (const absl::string_view folder : absl::StrSplit(search_path, ':')) {
    const std::string candidate = absl::StrCat(folder, "/", command);
    if (absl::StartsWith(folder, "/") && IsExecutable(candidate)) return candidate;
  }
  return "";
}

}  // namespace credential_provider
