#include "credential_provider/process/executable.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"

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

absl::Status NotExecutable(absl::string_view command) {
  if (!absl::StrContains(command, "/")) {
    return WithHint(absl::NotFoundError("not on the PATH, where only absolute folders count"),
                    "install it, or put its folder on the PATH");
  }
  struct stat info;
  if (stat(std::string(command).c_str(), &info) != 0)
    return WithHint(absl::NotFoundError(std::strerror(errno)), "correct the path, or install it there");
  if (S_ISDIR(info.st_mode)) {
    return WithHint(absl::FailedPreconditionError("a folder, not a program"),
                    "give the path of the program in it");
  }
  return WithHint(absl::PermissionDeniedError("not a program that this user may run"),
                  absl::StrCat("if it is one: chmod +x ", Printable(command)));
}

}  // namespace credential_provider
