#include "kubeconfig_writer/file/locked_replace.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/kubeconfig_lock.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/special_file.h"
#include "kubeconfig_writer/file/temporary_files.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::ErrnoError;
using credential_provider::HintOf;
using credential_provider::WithContext;
using credential_provider::WithHint;

constexpr absl::Duration kLockLimit = absl::Seconds(5);
constexpr char kFolderHint[] =
    "nothing was changed: kubectl's lock and the new file are made in this folder, so it must be writable";

// What to do about a disk or a file that takes nothing; what is said already stays.
absl::Status WithDiskHint(const absl::Status& failed) {
  if (failed.ok() || !HintOf(failed).empty()) return failed;
  if (absl::IsResourceExhausted(failed))
    return WithHint(failed, "nothing was changed: make room on its disk, then run this again");
  if (absl::IsPermissionDenied(failed)) {
    return WithHint(
        failed,
        "nothing was changed: `lsattr` and `ls -l` show what protects it; or name another file with "
        "--kubeconfig");
  }
  return WithHint(failed, "check the disk and the folder of the file, or name another one with --kubeconfig");
}

// Gives `target` the new text, or removes it.
absl::Status Replace(const std::string& target, FileState text) {
  struct stat info;
  const bool exists = stat(target.c_str(), &info) == 0;
  if (exists && (info.st_mode & S_IWUSR) == 0) {
    return WithHint(absl::PermissionDeniedError(absl::StrCat(target, ": read-only")),
                    "chmod u+w it, or name another file with --kubeconfig");
  }
  if (!text.has_value())
    return !exists || unlink(target.c_str()) == 0 ? absl::OkStatus() : ErrnoError(errno, target);
  const std::string temporary = TemporaryNameOf(target);
  if (!exists)
    return credential_provider::ReplaceFile(target, *text, S_IRUSR | S_IWUSR, uid_t(-1), gid_t(-1),
                                            temporary);
  return credential_provider::ReplaceFile(target, *text, info.st_mode & 07777, info.st_uid, info.st_gid,
                                          temporary);
}

// The folder of `path` was made when it was missing; where a link leads to is not for us to decide.
absl::Status LeadsNowhere(const std::string& path, const std::string& target) {
  const std::string folder = DirectoryOf(target);
  return WithHint(
      absl::NotFoundError(absl::StrCat(path, ": a link to ", target, ", and there is no folder ", folder)),
      "make that folder, correct the link, or name another file with --kubeconfig");
}

// A container often has nothing but this one file of its host's. No other can take its place there.
absl::Status CheckNotMounted(const std::string& path, const std::string& target) {
  if (!credential_provider::IsMountPoint(target)) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(path, ": a mount point, so no new file can replace it")),
      "nothing was changed: mount its folder instead of the file, or name another file with "
      "--kubeconfig");
}

// Locks `path`, and what it leads to for those who name that.
absl::Status Lock(const std::string& path, const std::string& target, KubeconfigLock* lock) {
  absl::Status made = credential_provider::MakeDirectories(DirectoryOf(path), S_IRWXU);
  if (!made.ok()) return made;
  std::vector<std::string> names = {path};
  if (target != path) names.push_back(target);
  absl::Status locked = lock->Acquire(names, kLockLimit);
  if (absl::IsPermissionDenied(locked)) return WithHint(locked, kFolderHint);
  if (absl::IsNotFound(locked) && target != path) return LeadsNowhere(path, target);
  if (locked.ok()) RemoveLeftovers(target);
  return WithDiskHint(locked);
}

}  // namespace

// The path by which a file has its backups, however it was named.
std::string BackupName(const std::string& target) {
  char folder[PATH_MAX];
  if (realpath(DirectoryOf(target).c_str(), folder) == nullptr) return target;
  return absl::StrCat(folder, "/", target.substr(target.rfind('/') + 1));
}

absl::Status ReplaceLocked(const std::string& path, const std::string& target, FileState before,
                           FileState after, const std::string& backups) {
  absl::Status is_file = CheckNotSpecial(path);
  if (!is_file.ok()) return is_file;
  absl::Status replaceable = CheckNotMounted(path, target);
  if (!replaceable.ok()) return replaceable;
  KubeconfigLock lock;
  absl::Status locked = Lock(path, target, &lock);
  if (!locked.ok()) return locked;
  absl::StatusOr<bool> same = FileEquals(target, before);
  if (!same.ok()) return same.status();
  if (!*same) return absl::AbortedError(absl::StrCat(path, ": another program keeps changing it"));
  const std::string name = BackupName(target);
  if (!backups.empty()) {
    absl::Status kept = KeepBackup(backups, name, absl::Now(), before, after);
    if (!kept.ok())
      return WithHint(WithContext(kept, "backup"), "nothing was changed: --no-backup does without a backup");
  }
  absl::Status replaced = Replace(target, after);
  if (!replaced.ok() && !backups.empty()) DropNewestBackup(backups, name).IgnoreError();
  return WithDiskHint(replaced);
}

}  // namespace kubeconfig_writer
