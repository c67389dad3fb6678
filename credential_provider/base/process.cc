#include "credential_provider/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/process_tree.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr absl::Duration kPollInterval = absl::Milliseconds(20);
constexpr int kSignalBase = 128;

// One stream of the child: the end it writes to, the end read here, and what came.
struct Stream {
  FileDescriptor read_end;
  FileDescriptor write_end;
  std::string data;
};

absl::Status Open(Stream* stream, absl::string_view subject) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return ErrnoError(errno, subject);
  stream->read_end = FileDescriptor(ends[0]);
  stream->write_end = FileDescriptor(ends[1]);
  return absl::OkStatus();
}

// What to do about a program that cannot be started, where the reason alone does not say it.
absl::string_view StartHint(int error, const std::string& program) {
  if (error == ENOEXEC)
    return "it is no program for this machine; a script needs a first line such as #!/bin/sh";
  if (error == ENOENT && access(program.c_str(), F_OK) == 0)
    return "the program that its first line names, or its loader, is missing";
  return "";
}

// Starts the program. Every descriptor of this process is close-on-exec, so it gets the three streams alone.
absl::StatusOr<pid_t> Start(const ChildProgram& child, const Stream& out, const Stream& err) {
  std::vector<char*> argv;
  for (const std::string& arg : child.argv) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, out.write_end.get(), STDOUT_FILENO);
  if (!child.shares_terminal) {
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, err.write_end.get(), STDERR_FILENO);
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, argv[0], &files, &attributes, argv.data(),
                                 const_cast<char* const*>(child.environment));
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error == 0) return pid;
  const absl::string_view hint = StartHint(error, child.argv[0]);
  const absl::Status failed = ErrnoError(error, child.argv[0]);
  return hint.empty() ? failed : WithHint(failed, hint);
}

// Takes what is there to read; closes the stream at its end.
absl::Status Take(Stream* stream, size_t max_bytes, absl::string_view subject) {
  char buffer[4096];
  const ssize_t count = read(stream->read_end.get(), buffer, sizeof(buffer));
  if (count < 0) return errno == EINTR ? absl::OkStatus() : ErrnoError(errno, subject);
  if (count == 0) stream->read_end = FileDescriptor();
  stream->data.append(buffer, static_cast<size_t>(count));
  return stream->data.size() <= max_bytes
             ? absl::OkStatus()
             : absl::ResourceExhaustedError(absl::StrCat(subject, ": said more than ", max_bytes, " bytes"));
}

absl::Status TooSlow(const ChildProgram& child) {
  return absl::DeadlineExceededError(
      absl::StrCat(child.argv[0], ": no end after ", absl::FormatDuration(child.time_limit)));
}

absl::Status Collect(const ChildProgram& child, absl::Time deadline, Stream* out, Stream* err) {
  while (out->read_end.ok() || err->read_end.ok()) {
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left <= 0) return TooSlow(child);
    pollfd waiting[] = {{out->read_end.get(), POLLIN, 0}, {err->read_end.get(), POLLIN, 0}};
    if (poll(waiting, 2, static_cast<int>(left)) < 0 && errno != EINTR)
      return ErrnoError(errno, child.argv[0]);
    for (int i = 0; i < 2; ++i) {
      if (waiting[i].revents == 0) continue;
      absl::Status taken = Take(i == 0 ? out : err, child.max_output_bytes, child.argv[0]);
      if (!taken.ok()) return taken;
    }
  }
  return absl::OkStatus();
}

// Waits for the end of a program that has closed its streams.
absl::Status AwaitEnd(const ChildProgram& child, pid_t pid, absl::Time deadline, int* status) {
  while (waitpid(pid, status, WNOHANG) == 0) {
    if (absl::Now() >= deadline) return TooSlow(child);
    absl::SleepFor(kPollInterval);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ChildResult> RunChild(const ChildProgram& child) {
  const absl::Time deadline = absl::Now() + child.time_limit;
  Stream out, err;
  for (Stream* stream : {&out, &err}) {
    absl::Status opened = Open(stream, child.argv[0]);
    if (!opened.ok()) return opened;
  }
  absl::StatusOr<pid_t> pid = Start(child, out, err);
  if (!pid.ok()) return pid.status();
  out.write_end = FileDescriptor();
  err.write_end = FileDescriptor();
  int status = 0;
  absl::Status ended = Collect(child, deadline, &out, &err);
  if (ended.ok()) ended = AwaitEnd(child, *pid, deadline, &status);
  ChildResult result{0, Secret(std::move(out.data)), Secret(std::move(err.data))};
  if (!ended.ok()) {
    KillTree(*pid);
    waitpid(*pid, &status, 0);
    return ended;
  }
  result.status = WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

}  // namespace credential_provider
