#include "credential_provider/log/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

// Why nothing is appended to the file; nullptr when it may be.
const char* FaultOf(const struct stat& info) {
  if (!S_ISREG(info.st_mode)) return "not a plain file";
  if (info.st_uid != geteuid()) return "it belongs to another user";
  if (info.st_nlink != 1) return "it has a second name";
  if ((info.st_mode & 077) != 0) return "it is open to other users: chmod 600";
  return nullptr;
}

}  // namespace

absl::StatusOr<FileDescriptor> OpenLogFile(const std::string& path) {
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  FileDescriptor file(open(path.c_str(), kFlags, 0600));
  if (!file.ok() && errno == ELOOP)
    return absl::PermissionDeniedError(absl::StrCat(Printable(path), ": a symbolic link"));
  if (!file.ok()) return ErrnoError(errno, Printable(path));
  struct stat info;
  if (fstat(file.get(), &info) != 0) return ErrnoError(errno, Printable(path));
  if (const char* const fault = FaultOf(info))
    return absl::PermissionDeniedError(absl::StrCat(Printable(path), ": ", fault));
  return file;
}

std::string AbsoluteLogPath(absl::string_view path) {
  char folder[PATH_MAX];
  if (absl::StartsWith(path, "/") || getcwd(folder, sizeof(folder)) == nullptr) return std::string(path);
  return absl::StrCat(folder, "/", path);
}

}  // namespace credential_provider
