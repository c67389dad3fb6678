#include "credential_provider/base/ending_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>

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
  arrived_ = FileDescriptor(signalfd(-1, &waiting, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!arrived_.ok()) return false;
  sigprocmask(SIG_BLOCK, &waiting, nullptr);
  begun_ = true;
  return true;
}

absl::optional<EndingSignal> EndingSignals::Take() {
  absl::optional<EndingSignal> ending;
  signalfd_siginfo info;
  while (read(arrived_.get(), &info, sizeof(info)) == static_cast<ssize_t>(sizeof(info))) {
    const int number = static_cast<int>(info.ssi_signo);
    if (number != SIGCHLD) ending = EndingSignal{number, info.ssi_code == SI_KERNEL && number != SIGALRM};
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
