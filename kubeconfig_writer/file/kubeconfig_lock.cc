#include "kubeconfig_writer/file/kubeconfig_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/platform/this_machine.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/file/lock_owner.h"
#include "kubeconfig_writer/file/temporary_files.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
using credential_provider::WithHint;

// kubectl holds its lock for some milliseconds.
constexpr absl::Duration kPause = absl::Milliseconds(20);
constexpr size_t kMaxOwner = 4096;

FilePlace LockOf(const FilePlace& place) {
  return {place.folder, absl::StrCat(place.name, ".lock"), absl::StrCat(place.path, ".lock")};
}

absl::Status HeldByAnother(const FilePlace& lock) {
  struct stat info;
  const bool there = fstatat(lock.fd(), lock.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
  const absl::Time made = there ? credential_provider::WrittenTime(info) : absl::InfinitePast();
  const std::string age =
      there ? absl::FormatDuration(absl::Trunc(absl::Now() - made, absl::Seconds(1))) : "unknown age";
  const absl::Status held =
      absl::DeadlineExceededError(absl::StrCat(lock.path, ": locked by another program for ", age));
  const std::string remove = absl::StrCat("rm -f ", credential_provider::ShellWord(lock.path));
  if (there && absl::ToUnixSeconds(made) < credential_provider::BootTime()) {
    return WithHint(held, absl::StrCat("this machine was started since, so its owner is gone: ", remove));
  }
  return WithHint(held, absl::StrCat("if no kubectl is running, a killed one left it behind: ", remove));
}

// Removes `lock` if the process that it names is gone. Of several who find that at once, one does: they hold
// the lock of the dead file while they look whether it is still the one of that name.
void RemoveIfOwnerIsGone(const FilePlace& lock) {
  const FileDescriptor file(
      openat(lock.fd(), lock.name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok() || flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;
  struct stat opened, there;
  if (fstat(file.get(), &opened) != 0 || !S_ISREG(opened.st_mode) || opened.st_uid != geteuid()) return;
  absl::StatusOr<std::string> owner = credential_provider::ReadAll(file.get(), kMaxOwner, lock.path);
  if (!owner.ok() || !IsGone(*owner)) return;
  if (fstatat(lock.fd(), lock.name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
      there.st_ino == opened.st_ino && there.st_dev == opened.st_dev)
    unlinkat(lock.fd(), lock.name.c_str(), 0);
}

// Makes `lock` with the name of this process in it. What cannot hold a name from the first moment, because
// its file system has no links, gets an empty lock like kubectl's.
int MakeLock(const FilePlace& lock, const FilePlace& place) {
  std::string named;
  const FileDescriptor file = MakeTemporaryFile(place, &named);
  if (!file.ok()) return errno;
  int error = credential_provider::WriteAll(file.get(), ThisProcess(), named).ok() ? 0 : ENOSPC;
  if (error == 0 && linkat(lock.fd(), named.c_str(), lock.fd(), lock.name.c_str(), 0) != 0) error = errno;
  unlinkat(lock.fd(), named.c_str(), 0);
  if (error != EPERM && error != EOPNOTSUPP && error != EMLINK) return error;
  const FileDescriptor empty(
      openat(lock.fd(), lock.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0));
  return empty.ok() ? 0 : errno;
}

}  // namespace

absl::Status KubeconfigLock::Acquire(const std::vector<FilePlace>& places, absl::Duration limit) {
  const absl::Time begin = absl::Now();
  bool told = false;
  while (true) {
    FilePlace lock;
    absl::Status acquired = TryAcquire(places, &lock);
    if (!absl::IsAlreadyExists(acquired)) return acquired;
    if (absl::Now() >= begin + limit) return HeldByAnother(lock);
    if (!told && absl::Now() >= begin + credential_provider::kQuietWait) {
      credential_provider::SayWaitingFor(absl::StrCat(lock.path, ", which another program holds"));
      told = true;
    }
    RemoveIfOwnerIsGone(lock);
    absl::SleepFor(kPause);
  }
}

// Sets `lock` to the one that could not be made: AlreadyExists when it is in the way.
absl::Status KubeconfigLock::TryAcquire(const std::vector<FilePlace>& places, FilePlace* lock) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
  sigprocmask(SIG_BLOCK, &ending, &mask_before_);
  signals_wait_ = true;
  for (const FilePlace& place : places) {
    *lock = LockOf(place);
    const int error = MakeLock(*lock, place);
    if (error != 0) {
      Release();
      return error == EEXIST ? absl::AlreadyExistsError(lock->path) : ErrnoError(error, lock->path);
    }
    held_.push_back(*lock);
  }
  return absl::OkStatus();
}

void KubeconfigLock::Release() {
  for (const FilePlace& lock : held_) unlinkat(lock.fd(), lock.name.c_str(), 0);
  held_.clear();
  if (signals_wait_) sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  signals_wait_ = false;
}

}  // namespace kubeconfig_writer
