// Runs code in a process that is killed at one of its system calls.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_STEP_BY_STEP_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_STEP_BY_STEP_H_

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace credential_provider {

// Runs `code` in a child process and kills it at its `steps`-th stop: there is one before and one after each
// system call. Returns false when the code ended before.
inline bool KillAtStep(const std::function<void()>& code, int steps) {
  const pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    code();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  for (int step = 0; step <= steps && WIFSTOPPED(status); ++step) {
    ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    waitpid(child, &status, 0);
  }
  if (!WIFSTOPPED(status)) return false;
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return true;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_STEP_BY_STEP_H_
