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

absl::Status HeldByAnother(const std::string& lock) {
  struct stat info;
  const bool there = stat(lock.c_str(), &info) == 0;
  const absl::Time made = there ? credential_provider::WrittenTime(info) : absl::InfinitePast();
  const std::string age =
      there ? absl::FormatDuration(absl::Trunc(absl::Now() - made, absl::Seconds(1))) : "unknown age";
  const absl::Status held =
      absl::DeadlineExceededError(absl::StrCat(lock, ": locked by another program for ", age));
  const std::string remove = absl::StrCat("rm -f ", credential_provider::ShellWord(lock));
  if (there && absl::ToUnixSeconds(made) < credential_provider::BootTime()) {
    return WithHint(held, absl::StrCat("this machine was started since, so its owner is gone: ", remove));
  }
  return WithHint(held, absl::StrCat("if no kubectl is running, a killed one left it behind: ", remove));
}

// Removes `lock` if the process that it names is gone. Of several who find that at once, one does: they hold
// the lock of the dead file while they look whether it is still the one at the path.
void RemoveIfOwnerIsGone(const std::string& lock) {
  const FileDescriptor file(open(lock.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok() || flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;
  struct stat opened, there;
  if (fstat(file.get(), &opened) != 0 || !S_ISREG(opened.st_mode) || opened.st_uid != geteuid()) return;
  absl::StatusOr<std::string> owner = credential_provider::ReadAll(file.get(), kMaxOwner, lock);
  if (!owner.ok() || !IsGone(*owner)) return;
  if (lstat(lock.c_str(), &there) == 0 && there.st_ino == opened.st_ino && there.st_dev == opened.st_dev)
    unlink(lock.c_str());
}

// Makes `lock` with the name of this process in it. What cannot hold a name from the first moment, because
// its file system has no links, gets an empty lock like kubectl's.
int MakeLock(const std::string& lock, const std::string& path) {
  std::string named = TemporaryNameOf(path);
  const FileDescriptor file(mkostemp(&named[0], O_CLOEXEC));
  if (!file.ok()) return errno;
  int error = credential_provider::WriteAll(file.get(), ThisProcess(), named).ok() ? 0 : ENOSPC;
  if (error == 0 && link(named.c_str(), lock.c_str()) != 0) error = errno;
  unlink(named.c_str());
  if (error != EPERM && error != EOPNOTSUPP && error != EMLINK) return error;
  const FileDescriptor empty(open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0));
  return empty.ok() ? 0 : errno;
}

}  // namespace

absl::Status KubeconfigLock::Acquire(const std::vector<std::string>& paths, absl::Duration limit) {
  const absl::Time begin = absl::Now();
  bool told = false;
  while (true) {
    absl::Status acquired = TryAcquire(paths);
    if (!absl::IsAlreadyExists(acquired)) return acquired;
    const std::string lock(acquired.message());
    if (absl::Now() >= begin + limit) return HeldByAnother(lock);
    if (!told && absl::Now() >= begin + credential_provider::kQuietWait) {
      credential_provider::SayWaitingFor(absl::StrCat(lock, ", which another program holds"));
      told = true;
    }
    RemoveIfOwnerIsGone(lock);
    absl::SleepFor(kPause);
  }
}

// AlreadyExists has the path of the lock that is in the way as its message.
absl::Status KubeconfigLock::TryAcquire(const std::vector<std::string>& paths) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
  sigprocmask(SIG_BLOCK, &ending, &mask_before_);
  signals_wait_ = true;
  for (const std::string& path : paths) {
    const std::string lock = absl::StrCat(path, ".lock");
    const int error = MakeLock(lock, path);
    if (error != 0) {
      Release();
      return error == EEXIST ? absl::AlreadyExistsError(lock) : ErrnoError(error, lock);
    }
    held_.push_back(lock);
  }
  return absl::OkStatus();
}

void KubeconfigLock::Release() {
  for (const std::string& lock : held_) unlink(lock.c_str());
  held_.clear();
  if (signals_wait_) sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  signals_wait_ = false;
}

}  // namespace kubeconfig_writer
