#include "credential_provider/base/detached_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "credential_provider/base/process_tree.h"
#include "credential_provider/platform/this_process.h"

namespace credential_provider {
namespace {

constexpr rlim_t kMostDescriptors = 1 << 20;

void CloseAll() {
  if (CloseEveryDescriptor()) return;
  rlimit limit = {kMostDescriptors, kMostDescriptors};
  getrlimit(RLIMIT_NOFILE, &limit);
  const int end = static_cast<int>(std::min(limit.rlim_cur, kMostDescriptors));
  for (int fd = 0; fd < end; ++fd) close(fd);
}

// The three streams; the first descriptors are free.
void OpenNull() {
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) {
    if (open("/dev/null", O_RDWR) != fd) return;
  }
}

// A parent's settings may have blocked or ignored the signal that ends this process.
void EndAfter(absl::Duration time_limit) {
  signal(SIGALRM, SIG_DFL);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &signals, nullptr);
  alarm(static_cast<unsigned>(std::max<int64_t>(1, absl::ToInt64Seconds(time_limit))));
}

}  // namespace

bool ContinueDetached(absl::Duration time_limit) {
  if (OrphansStayZombies()) return false;
  CloseAll();
  OpenNull();
  if (fork() != 0) return false;
  setsid();
  EndAfter(time_limit);
  return true;
}

}  // namespace credential_provider
