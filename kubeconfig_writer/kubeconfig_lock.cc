#include "kubeconfig_writer/kubeconfig_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ErrnoError;
using credential_provider::WithHint;

// kubectl holds its lock for some milliseconds.
constexpr absl::Duration kPause = absl::Milliseconds(20);

absl::Status HeldByAnother(const std::string& lock) {
  struct stat info;
  const std::string age = stat(lock.c_str(), &info) == 0
                              ? absl::FormatDuration(absl::Trunc(
                                    absl::Now() - absl::TimeFromTimespec(info.st_mtim), absl::Seconds(1)))
                              : "unknown age";
  return WithHint(absl::DeadlineExceededError(absl::StrCat(lock, ": locked by another program for ", age)),
                  absl::StrCat("if no kubectl is running, a killed one left it behind: rm -f '", lock, "'"));
}

}  // namespace

absl::Status KubeconfigLock::Acquire(const std::vector<std::string>& paths, absl::Duration limit) {
  const absl::Time deadline = absl::Now() + limit;
  while (true) {
    absl::Status acquired = TryAcquire(paths);
    if (!absl::IsAlreadyExists(acquired)) return acquired;
    if (absl::Now() >= deadline) return HeldByAnother(std::string(acquired.message()));
    absl::SleepFor(kPause);
  }
}

// AlreadyExists has the path of the lock that stands in the way as its message.
absl::Status KubeconfigLock::TryAcquire(const std::vector<std::string>& paths) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
  sigprocmask(SIG_BLOCK, &ending, &mask_before_);
  signals_wait_ = true;
  for (const std::string& path : paths) {
    const std::string lock = absl::StrCat(path, ".lock");
    const int fd = open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (fd < 0) {
      const int error = errno;
      Release();
      return error == EEXIST ? absl::AlreadyExistsError(lock) : ErrnoError(error, lock);
    }
    close(fd);
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
