#include "credential_provider/platform/files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "absl/strings/match.h"
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

// What decides who may use a file beside its owner, group and mode.
constexpr const char* kAccessAttributes[] = {"system.posix_acl_access", "system.nfs4_acl",
                                             "security.selinux"};
constexpr size_t kMaxAttribute = 65536;  // XATTR_SIZE_MAX, which is XATTR_LIST_MAX too

// Returns the bytes of an attribute; nothing when the file has none, or its file system knows none.
absl::optional<std::string> AttributeOf(int fd, const char* name) {
  std::string value(kMaxAttribute, '\0');
  const ssize_t size = fgetxattr(fd, name, &value[0], value.size());
  if (size < 0) return absl::nullopt;
  value.resize(static_cast<size_t>(size));
  return value;
}

absl::Status CopyAccessAttribute(int from, int to, const char* name) {
  const absl::optional<std::string> wanted = AttributeOf(from, name);
  if (AttributeOf(to, name) == wanted) return absl::OkStatus();
  const int failed =
      wanted.has_value() ? fsetxattr(to, name, wanted->data(), wanted->size(), 0) : fremovexattr(to, name);
  return failed == 0 ? absl::OkStatus() : ErrnoError(errno, name);
}

void CopyUserAttributes(int from, int to) {
  std::string names(kMaxAttribute, '\0');
  const ssize_t size = flistxattr(from, &names[0], names.size());
  for (const char* name = names.c_str(); size > 0 && name < names.c_str() + size;
       name += std::strlen(name) + 1) {
    if (!absl::StartsWith(name, "user.")) continue;
    const absl::optional<std::string> value = AttributeOf(from, name);
    if (value.has_value()) fsetxattr(to, name, value->data(), value->size(), 0);
  }
}

}  // namespace

absl::Time WrittenTime(const struct stat& info) { return absl::TimeFromTimespec(info.st_mtim); }

absl::optional<FileTimes> TimesOf(int fd) {
  struct statx info;
  if (statx(fd, "", AT_EMPTY_PATH, STATX_MTIME | STATX_BTIME, &info) != 0) return absl::nullopt;
  FileTimes times;
  times.written = TimeOf(info.stx_mtime);
  if ((info.stx_mask & STATX_BTIME) != 0) times.made = TimeOf(info.stx_btime);
  return times;
}

int OpenFolder(int folder, const char* name) {
  return openat(folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool IsMountPoint(int folder, const char* name) {
  struct statx info;
  return statx(folder, name, AT_SYMLINK_NOFOLLOW, 0, &info) == 0 && (info.stx_attributes & kMountRoot) != 0;
}

absl::Status CopyAttributes(int from, int to) {
  CopyUserAttributes(from, to);
  for (const char* name : kAccessAttributes) {
    absl::Status copied = CopyAccessAttribute(from, to, name);
    if (!copied.ok()) return copied;
  }
  return absl::OkStatus();
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
