#include "credential_provider/platform/files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr uint64_t kMountRoot = 0x2000;  // STATX_ATTR_MOUNT_ROOT, which not every libc's header names

absl::Time TimeOf(const statx_timestamp& time) {
  return absl::FromUnixSeconds(time.tv_sec) + absl::Nanoseconds(time.tv_nsec);
}

bool IsMemory(const struct statfs& info) {
  return info.f_type == TMPFS_MAGIC || info.f_type == static_cast<decltype(info.f_type)>(RAMFS_MAGIC);
}

}  // namespace

absl::Time WrittenTime(const struct stat& info) { return absl::TimeFromTimespec(info.st_mtim); }

absl::optional<FileTimes> TimesOf(const std::string& path) {
  struct statx info;
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_MTIME | STATX_BTIME, &info) != 0) return absl::nullopt;
  FileTimes times;
  times.written = TimeOf(info.stx_mtime);
  if ((info.stx_mask & STATX_BTIME) != 0) times.made = TimeOf(info.stx_btime);
  return times;
}

bool IsMountPoint(const std::string& path) {
  struct statx info;
  return statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, 0, &info) == 0 &&
         (info.stx_attributes & kMountRoot) != 0;
}

absl::StatusOr<bool> IsInMemory(const std::string& path) {
  struct statfs info;
  if (statfs(path.c_str(), &info) != 0) return ErrnoError(errno, path);
  return IsMemory(info);
}

bool IsInMemory(int fd) {
  struct statfs info;
  return fstatfs(fd, &info) == 0 && IsMemory(info);
}

}  // namespace credential_provider
