#include "tests/sandbox/control/lifetime.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "absl/time/clock.h"

namespace sandbox {
namespace {

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void ArrangeEnd() {
  const pid_t parent = getppid();
  const sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) RequestEnd();  // it died before the line above
}

void WaitForEnd(absl::Duration lifetime) {
  const sigset_t signals = EndSignals();
  const timespec patience = absl::ToTimespec(lifetime);
  while (sigtimedwait(&signals, nullptr, &patience) < 0 && errno == EINTR) {
  }
}

void RequestEnd() { kill(getpid(), SIGTERM); }

void RequestEndSoon() {
  std::thread([] {
    absl::SleepFor(absl::Milliseconds(50));
    RequestEnd();
  }).detach();
}

}  // namespace sandbox
