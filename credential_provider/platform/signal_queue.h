// Signals as something that can be waited for together with files. Linux: signalfd(2). macOS: kqueue(2),
// EVFILT_SIGNAL.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_SIGNAL_QUEUE_H_
#define CREDENTIAL_PROVIDER_PLATFORM_SIGNAL_QUEUE_H_

#include <signal.h>

#include "absl/types/optional.h"

namespace credential_provider {

struct QueuedSignal {
  int number;
  bool from_kernel;  // by no process: from the terminal, most often. Never known on macOS.
};

// Returns a descriptor that is readable when one of `signals` is here, or -1, and errno says why. No started
// program inherits it. The caller blocks them afterwards; on macOS one that was taken is still delivered when
// it is unblocked.
int OpenSignalQueue(const sigset_t& signals);

// Takes one; nothing when there is none.
absl::optional<QueuedSignal> TakeSignal(int queue);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_SIGNAL_QUEUE_H_
