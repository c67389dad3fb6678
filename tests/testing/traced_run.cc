#include "tests/testing/traced_run.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace credential_provider {
namespace {

constexpr int kSystemCallStop = SIGTRAP | 0x80;  // with PTRACE_O_TRACESYSGOOD

[[noreturn]] void BecomeTraced(const std::vector<std::string>& args,
                               const std::map<std::string, std::string>& env) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : env) variables.push_back(name + "=" + value);
  std::vector<char*> argv, envp;
  for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  for (std::string& variable : variables) envp.push_back(&variable[0]);
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  const int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd <= 2; ++fd) dup2(null, fd);
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  raise(SIGSTOP);
  execve(argv[0], argv.data(), envp.data());
  _exit(127);
}

long PeakMemory(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
  }
  return 0;
}

}  // namespace

TracedRun RunTraced(const std::vector<std::string>& args, const std::map<std::string, std::string>& env) {
  TracedRun run;
  const pid_t child = fork();
  if (child == 0) BecomeTraced(args, env);
  int status = 0;
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, nullptr,
         PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC);
  bool started = false, inside = false;
  while (WIFSTOPPED(status)) {
    const int signal = WSTOPSIG(status);
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8) && !started) {
      started = inside = true;
      run.system_calls = 1;
    } else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
      run.peak_memory_k = PeakMemory(child);
    } else if (signal == kSystemCallStop && started) {
      inside = !inside;
      if (inside) ++run.system_calls;
    }
    const bool ours = signal == kSystemCallStop || signal == SIGTRAP || signal == SIGSTOP;
    ptrace(PTRACE_SYSCALL, child, nullptr, ours ? 0 : signal);
    if (waitpid(child, &status, 0) < 0) break;
  }
  if (WIFEXITED(status)) run.status = WEXITSTATUS(status);
  return run;
}

}  // namespace credential_provider
