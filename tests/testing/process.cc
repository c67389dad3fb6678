#include "tests/testing/process.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace credential_provider {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(&text[0]);
  pointers.push_back(nullptr);
  return pointers;
}

// Has the kernel answer a system call of this process, and of what it becomes, with `action`.
void Forbid(uint32_t system_call, uint32_t action) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, system_call, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    _exit(125);
}

[[noreturn]] void BecomeChild(std::vector<std::string> args, const ProcessOptions& options, int in, int out,
                              int err) {
  dup2(in, 0);
  dup2(out, 1);
  dup2(err, 2);
  if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) _exit(126);
  std::vector<std::string> env;
  for (const auto& [name, value] : options.env) env.push_back(name + "=" + value);
  if (const char* const sanitizer = std::getenv("ASAN_OPTIONS"))
    env.push_back(std::string("ASAN_OPTIONS=") + sanitizer);
  if (options.forbid_sockets) Forbid(SYS_socket, SECCOMP_RET_KILL_PROCESS);
  if (options.forbid_keyring || options.keyring_kills) {
    for (const int system_call : {SYS_add_key, SYS_request_key, SYS_keyctl}) {
      Forbid(static_cast<uint32_t>(system_call),
             options.keyring_kills ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | EPERM);
    }
  }
  execvpe(args[0].c_str(), Pointers(args).data(), Pointers(env).data());
  _exit(127);
}

// Moves what is there from `fd` to `text`. Returns false at the end of the stream.
bool Drain(int fd, std::string* text) {
  char buffer[65536];
  const ssize_t count = read(fd, buffer, sizeof(buffer));
  if (count > 0) text->append(buffer, static_cast<size_t>(count));
  return count > 0;
}

// Reads both streams to their ends, as kubectl does; kills the child when its time is up.
void Collect(pid_t child, int out, int err, int time_limit_seconds, ProcessResult* result) {
  const std::time_t deadline = std::time(nullptr) + time_limit_seconds;
  pollfd streams[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    if (std::time(nullptr) >= deadline) kill(child, SIGKILL);
    if (poll(streams, 2, 200) <= 0) continue;
    if (streams[0].revents != 0 && !Drain(out, &result->out)) streams[0].fd = -1;
    if (streams[1].revents != 0 && !Drain(err, &result->err)) streams[1].fd = -1;
  }
}

}  // namespace

ProcessResult RunProcess(const std::vector<std::string>& args, const ProcessOptions& options) {
  int in[2], out[2], err[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) BecomeChild(args, options, in[0], out[1], err[1]);
  close(in[0]);
  close(out[1]);
  close(err[1]);
  signal(SIGPIPE, SIG_IGN);
  // Inputs here are small enough for a pipe's buffer; the program may also never read them.
  if (!options.input.empty() && write(in[1], options.input.data(), options.input.size()) < 0)
    kill(child, SIGKILL);
  close(in[1]);
  ProcessResult result;
  Collect(child, out[0], err[0], options.time_limit_seconds, &result);
  close(out[0]);
  close(err[0]);
  int status = 0;
  waitpid(child, &status, 0);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace credential_provider
