#include "kubeconfig_writer/file/file_access.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::WithHint;

constexpr mode_t kAll = 07777;
constexpr mode_t kReadWrite = 0666;
constexpr mode_t kSpecial = S_ISUID | S_ISGID | S_ISVTX;

// What the owner (0), the group (1) or all others (2) may do.
mode_t BitsOf(mode_t mode, int who) { return (mode >> (6 - 3 * who)) & 06; }

absl::Status NotKept(const std::string& path, absl::string_view what, absl::string_view way_out) {
  return WithHint(absl::FailedPreconditionError(absl::StrCat(path, ": ", what)),
                  absl::StrCat("nothing was changed: ", way_out));
}

// Compares who may read and write. An owner or group that could not be given makes no difference where
// those who were it may do the same as everybody else; and root may do everything anyway.
absl::Status CheckSame(const struct stat& before, const struct stat& after, const std::string& path) {
  const mode_t mode = before.st_mode & kAll;
  if ((before.st_mode & kReadWrite) != (after.st_mode & kReadWrite)) {
    return NotKept(
        path, absl::StrFormat("has mode %04o, and a new file here gets %04o", mode, after.st_mode & kAll),
        "name a file on another file system with --kubeconfig");
  }
  const bool as_others = BitsOf(mode, 1) == BitsOf(mode, 2);
  if (before.st_uid != after.st_uid && before.st_uid != 0 &&
      (!as_others || BitsOf(mode, 0) != BitsOf(mode, 2))) {
    return NotKept(path, absl::StrCat("belongs to user ", before.st_uid, ", who could not use the new file"),
                   "run this as that user, or name another file with --kubeconfig");
  }
  if (before.st_gid != after.st_gid && !as_others) {
    return NotKept(path,
                   absl::StrFormat("has mode %04o for group %d, which this user cannot give to the new file",
                                   mode, before.st_gid),
                   "take the group's rights away with chmod g=, or run this as a member of that group");
  }
  return absl::OkStatus();
}

bool IsForEverybody(const struct stat& folder) {
  return (folder.st_mode & S_IWOTH) != 0 && (folder.st_mode & S_ISVTX) != 0;
}

}  // namespace

// The mode comes last: until then nobody else can read what is in the file.
absl::Status KeepAccess(int from, int to, const std::string& path) {
  struct stat before, after;
  if (fstat(from, &before) != 0) return ErrnoError(errno, path);
  const bool given =
      fchown(to, before.st_uid, before.st_gid) == 0 || fchown(to, uid_t(-1), before.st_gid) == 0;
  static_cast<void>(given);  // what it means is seen below
  const absl::Status copied = credential_provider::CopyAttributes(from, to);
  if (!copied.ok()) {
    return NotKept(path, absl::StrCat("who may read it cannot be kept: ", copied.message()),
                   "remove its access control list with setfacl -b, or run this as its owner");
  }
  if (fchmod(to, before.st_mode & kAll) != 0 && errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
    return ErrnoError(errno, path);
  if (fstat(to, &after) != 0) return ErrnoError(errno, path);
  return CheckSame(before, after, path);
}

void GiveToOwnerOf(int folder, int made) {
  struct stat above, info;
  if (geteuid() != 0 || fstat(folder, &above) != 0 || fstat(made, &info) != 0) return;
  if (above.st_uid == 0 || IsForEverybody(above) || info.st_uid != 0) return;
  // A folder that is open to look up names in can only be given away by another descriptor.
  const credential_provider::FileDescriptor opened(
      S_ISDIR(info.st_mode) ? openat(made, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : dup(made));
  if (fchown(opened.get(), above.st_uid, above.st_gid) != 0) return;  // then it stays root's
}

absl::Status WarningOf(int file, const std::string& path) {
  struct stat replaced;
  if (fstat(file, &replaced) != 0) return absl::OkStatus();
  const mode_t mode = replaced.st_mode & kAll;
  if ((mode & (kSpecial | S_IWOTH)) != 0) {
    const bool anybody = (mode & S_IWOTH) != 0;
    return WithHint(absl::PermissionDeniedError(absl::StrFormat(
                        "%s: mode %04o is kept: %s", path, mode,
                        anybody ? "anybody can write it, and so have kubectl run what they like"
                                : "a kubeconfig needs no set-user-ID, set-group-ID or sticky bit")),
                    absl::StrCat("chmod 600 '", path, "'"));
  }
  if (replaced.st_nlink > 1) {
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat(path, ": has ", replaced.st_nlink - 1,
                                                   " more name(s), hard links, which keep the old text")),
        absl::StrCat("as root, `find / -xdev -inum ", replaced.st_ino, "` shows them"));
  }
  return absl::OkStatus();
}

}  // namespace kubeconfig_writer
