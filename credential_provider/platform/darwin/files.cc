#include "credential_provider/platform/files.h"

#include <copyfile.h>
#include <fcntl.h>

#include <cerrno>

#include "credential_provider/base/status_context.h"

namespace credential_provider {

absl::Time WrittenTime(const struct stat& info) { return absl::TimeFromTimespec(info.st_mtimespec); }

absl::optional<FileTimes> TimesOf(int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0) return absl::nullopt;
  return FileTimes{WrittenTime(info), absl::TimeFromTimespec(info.st_birthtimespec)};
}

int OpenFolder(int folder, const char* name) {
  return openat(folder, name, O_SEARCH | O_NOFOLLOW | O_CLOEXEC);
}

bool IsMountPoint(int, const char*) { return false; }

absl::Status CopyAttributes(int from, int to) {
  fcopyfile(from, to, nullptr, COPYFILE_XATTR);
  return fcopyfile(from, to, nullptr, COPYFILE_ACL) == 0 ? absl::OkStatus() : ErrnoError(errno, "ACL");
}

absl::StatusOr<bool> IsInMemory(const std::string&) { return false; }

bool IsInMemory(int) { return false; }

}  // namespace credential_provider
