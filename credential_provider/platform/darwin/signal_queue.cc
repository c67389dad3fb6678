#include "credential_provider/platform/signal_queue.h"

#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>

namespace credential_provider {

// A SIGCHLD that is ignored, as it is by default, may not be queued: it gets an action that does nothing.
int OpenSignalQueue(const sigset_t& signals) {
  const int queue = kqueue();
  if (queue < 0) return -1;
  fcntl(queue, F_SETFD, FD_CLOEXEC);
  if (sigismember(&signals, SIGCHLD) == 1) signal(SIGCHLD, [](int) {});
  for (int number = 1; number < NSIG; ++number) {
    if (sigismember(&signals, number) != 1) continue;
    struct kevent wanted;
    EV_SET(&wanted, static_cast<uintptr_t>(number), EVFILT_SIGNAL, EV_ADD, 0, 0, nullptr);
    if (kevent(queue, &wanted, 1, nullptr, 0, nullptr) == 0) continue;
    close(queue);
    return -1;
  }
  return queue;
}

absl::optional<QueuedSignal> TakeSignal(int queue) {
  struct kevent arrived;
  const timespec at_once = {0, 0};
  if (kevent(queue, nullptr, 0, &arrived, 1, &at_once) != 1) return absl::nullopt;
  return QueuedSignal{static_cast<int>(arrived.ident), false};
}

}  // namespace credential_provider
