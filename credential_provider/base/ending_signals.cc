#include "credential_provider/base/ending_signals.h"

#include <algorithm>

#include "credential_provider/platform/signal_queue.h"

namespace credential_provider {
namespace {

// SIGALRM ends a renewal in the background.
constexpr int kEnding[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM};

bool IsIgnored(int number) {
  struct sigaction action;
  return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

EndingSignals::~EndingSignals() {
  if (begun_) sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
}

bool EndingSignals::Begin() {
  signal(SIGCHLD, SIG_DFL);
  sigprocmask(SIG_BLOCK, nullptr, &mask_before_);
  sigset_t waiting;
  sigemptyset(&waiting);
  sigaddset(&waiting, SIGCHLD);
  for (const int number : kEnding) {
    // One that is ignored would arrive nevertheless once it is blocked.
    if (!IsIgnored(number) && sigismember(&mask_before_, number) == 0) sigaddset(&waiting, number);
  }
  arrived_ = FileDescriptor(OpenSignalQueue(waiting));
  if (!arrived_.ok()) return false;
  sigprocmask(SIG_BLOCK, &waiting, nullptr);
  begun_ = true;
  return true;
}

absl::optional<EndingSignal> EndingSignals::Take() {
  absl::optional<EndingSignal> ending;
  while (const absl::optional<QueuedSignal> signal = TakeSignal(arrived_.get())) {
    if (signal->number == SIGCHLD) continue;
    ending = EndingSignal{signal->number, signal->from_kernel && signal->number != SIGALRM};
  }
  return ending;
}

void DefaultSignals() {
  for (int number = 1; number < NSIG; ++number) {
    const bool stays = std::find(std::begin(kEnding), std::end(kEnding), number) != std::end(kEnding) &&
                       number != SIGALRM && IsIgnored(number);
    if (!stays) signal(number, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace credential_provider
