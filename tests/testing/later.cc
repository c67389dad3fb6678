// usage: later SECONDS PROGRAM [ARG...]
// Runs a program that sees the time of day so much later than it is, and with it all that the program starts.
// By ptrace, because a program that is linked statically cannot be given another libc.
#include <elf.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace {

// As the kernel lays out its answer to PTRACE_GET_SYSCALL_INFO.
constexpr int kGetSyscallInfo = 0x420e;
struct SyscallInfo {
  uint8_t op;
  uint8_t padding[3];
  uint32_t arch;
  uint64_t instruction, stack;
  uint64_t words[7];  // on entry the number and its arguments, on exit the result
};
constexpr uint8_t kEntry = 1, kExit = 2;

uint64_t Peek(pid_t process, uint64_t address) {
  uint64_t word = 0;
  iovec here = {&word, sizeof(word)}, there = {reinterpret_cast<void*>(address), sizeof(word)};
  process_vm_readv(process, &here, 1, &there, 1, 0);
  return word;
}

void Poke(pid_t process, uint64_t address, uint64_t word) {
  iovec here = {&word, sizeof(word)}, there = {reinterpret_cast<void*>(address), sizeof(word)};
  process_vm_writev(process, &here, 1, &there, 1, 0);
}

// Where the kernel put argc, argv, the environment and the auxiliary vector of a program that has just begun.
uint64_t StartOfStack(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::stringstream text;
  text << file.rdbuf();
  std::istringstream fields(text.str().substr(text.str().rfind(')') + 1));
  std::string field;
  for (int i = 3; i <= 28; ++i) fields >> field;
  return std::strtoull(field.c_str(), nullptr, 10);
}

// Takes the vDSO away, so that asking for the time is a system call.
void HideVdso(pid_t process) {
  uint64_t at = StartOfStack(process);
  at += 8 * (Peek(process, at) + 2);       // argc, argv and its end
  while (Peek(process, at) != 0) at += 8;  // the environment
  for (at += 8; Peek(process, at) != AT_NULL; at += 16) {
    if (Peek(process, at) == AT_SYSINFO_EHDR) Poke(process, at, AT_IGNORE);
  }
}

// Sets the clock forward in the answers to the system calls that each thread is inside of.
class Clock {
 public:
  explicit Clock(int64_t shift) : shift_(shift) {}

  void OnSystemCall(pid_t thread) {
    SyscallInfo info = {};
    if (syscall(SYS_ptrace, kGetSyscallInfo, thread, sizeof(info), &info) <= 0) return;
    if (info.op == kEntry) {
      asked_[thread] = info;
    } else if (info.op == kExit && static_cast<int64_t>(info.words[0]) >= 0) {
      Answer(thread, asked_[thread].words, info.words[0]);
    }
  }

 private:
  // `call` is the number and its arguments.
  void Answer(pid_t thread, const uint64_t* call, uint64_t result) {
    const bool real_time = call[1] == CLOCK_REALTIME || call[1] == CLOCK_REALTIME_COARSE;
    if (call[0] == SYS_clock_gettime && real_time) Add(thread, call[2]);
    if (call[0] == SYS_gettimeofday) Add(thread, call[1]);
#if defined(__x86_64__)
    if (call[0] != SYS_time) return;
    Add(thread, call[1]);
    ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, rax), result + static_cast<uint64_t>(shift_));
#else
    static_cast<void>(result);
#endif
  }

  // Seconds come first in each form of a time.
  void Add(pid_t thread, uint64_t address) {
    if (address != 0) Poke(thread, address, Peek(thread, address) + static_cast<uint64_t>(shift_));
  }

  const int64_t shift_;
  std::map<pid_t, SyscallInfo> asked_;
};

// Follows the program and its children until the last has ended. Returns the program's status.
int Follow(pid_t program, Clock clock) {
  int result = 1, status = 0;
  for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR;) {
    if (thread == program && WIFEXITED(status)) result = WEXITSTATUS(status);
    if (thread == program && WIFSIGNALED(status)) result = 128 + WTERMSIG(status);
    if (!WIFSTOPPED(status)) continue;
    const int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_EXEC) HideVdso(thread);
    if (signal == (SIGTRAP | 0x80)) clock.OnSystemCall(thread);
    const bool ours = event != 0 || signal == (SIGTRAP | 0x80) || signal == SIGSTOP;
    ptrace(PTRACE_SYSCALL, thread, 0, ours ? 0 : signal);
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const pid_t program = fork();
  if (program == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  waitpid(program, &status, 0);
  ptrace(PTRACE_SETOPTIONS, program, 0,
         PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK |
             PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE);
  ptrace(PTRACE_SYSCALL, program, 0, 0);
  return Follow(program, Clock(std::stoll(argv[1])));
}
