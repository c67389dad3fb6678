#include "credential_provider/platform/signal_queue.h"

#include <sys/signalfd.h>
#include <unistd.h>

namespace credential_provider {

int OpenSignalQueue(const sigset_t& signals) { return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK); }

absl::optional<QueuedSignal> TakeSignal(int queue) {
  signalfd_siginfo info;
  if (read(queue, &info, sizeof(info)) != static_cast<ssize_t>(sizeof(info))) return absl::nullopt;
  return QueuedSignal{static_cast<int>(info.ssi_signo), info.ssi_code == SI_KERNEL};
}

}  // namespace credential_provider
