#include "kubeconfig_writer/file/locked_replace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/file_access.h"
#include "kubeconfig_writer/file/kubeconfig_lock.h"
#include "kubeconfig_writer/file/kubeconfig_reader.h"
#include "kubeconfig_writer/file/temporary_files.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
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

// Writes a new file, which nobody else can read before it is done, and gives it the name of the old one.
absl::Status PutNewFile(const FilePlace& place, const FileDescriptor& old, absl::string_view text) {
  std::string name;
  const FileDescriptor file = MakeTemporaryFile(place, &name);
  if (!file.ok()) return ErrnoError(errno, place.path);
  absl::Status written = credential_provider::WriteAll(file.get(), text, place.path);
  if (written.ok() && old.ok()) written = KeepAccess(old.get(), file.get(), place.path);
  if (written.ok() && !old.ok()) GiveToOwnerOf(place.fd(), file.get());
  if (written.ok() && fsync(file.get()) != 0) written = ErrnoError(errno, place.path);
  if (written.ok() && renameat(place.fd(), name.c_str(), place.fd(), place.name.c_str()) != 0)
    written = ErrnoError(errno, place.path);
  if (!written.ok()) {
    unlinkat(place.fd(), name.c_str(), 0);
    return written;
  }
  const FileDescriptor folder(openat(place.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.ok()) fsync(folder.get());  // best effort: some file systems refuse it
  return absl::OkStatus();
}

// Gives the file the new text, or removes it. `old` is what is there.
absl::Status Replace(const FilePlace& place, const FileDescriptor& old, FileState text) {
  struct stat info;
  if (old.ok() && fstat(old.get(), &info) == 0 && (info.st_mode & S_IWUSR) == 0) {
    return WithHint(absl::PermissionDeniedError(absl::StrCat(place.path, ": read-only")),
                    "chmod u+w it, or name another file with --kubeconfig");
  }
  if (text.has_value()) return PutNewFile(place, old, *text);
  const bool gone = !old.ok() || unlinkat(place.fd(), place.name.c_str(), 0) == 0;
  return gone ? absl::OkStatus() : ErrnoError(errno, place.path);
}

// A container often has nothing but this one file of its host's. No other can take its place there.
absl::Status CheckNotMounted(const KubeconfigTarget& target) {
  if (!credential_provider::IsMountPoint(target.file().fd(), target.file().name.c_str()))
    return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat(target.path(), ": a mount point, so no new file can replace it")),
                  "nothing was changed: mount its folder instead of the file, or name another file with "
                  "--kubeconfig");
}

absl::Status Lock(const KubeconfigTarget& target, KubeconfigLock* lock) {
  absl::Status locked = lock->Acquire(target.LockedPlaces(), kLockLimit);
  if (absl::IsPermissionDenied(locked)) return WithHint(locked, kFolderHint);
  if (locked.ok()) RemoveLeftovers(target.file());
  return WithDiskHint(locked);
}

}  // namespace

absl::Status ReplaceLocked(KubeconfigTarget& target, FileState before, FileState after,
                           const std::string& backups) {
  absl::Status replaceable = target.MakeFolder();
  if (replaceable.ok()) replaceable = CheckNotMounted(target);
  if (!replaceable.ok()) return replaceable;
  KubeconfigLock lock;
  absl::Status locked = Lock(target, &lock);
  if (!locked.ok()) return locked;
  const absl::StatusOr<FileDescriptor> old = OpenIfEqual(target, before);
  if (!old.ok()) return old.status();
  if (!backups.empty()) {
    absl::Status kept = KeepBackup(backups, target.resolved(), absl::Now(), before, after);
    if (!kept.ok())
      return WithHint(WithContext(kept, "backup"), "nothing was changed: --no-backup does without a backup");
  }
  absl::Status replaced = Replace(target.file(), *old, after);
  if (!replaced.ok() && !backups.empty()) DropNewestBackup(backups, target.resolved()).IgnoreError();
  return WithDiskHint(replaced);
}

}  // namespace kubeconfig_writer
