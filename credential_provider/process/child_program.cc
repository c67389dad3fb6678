#include "credential_provider/process/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/this_process.h"
#include "credential_provider/process/ending_signals.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/process/process_tree.h"

namespace credential_provider {
namespace {

constexpr absl::Duration kLongestNap = absl::Seconds(1);
// Who still holds the streams of a program that has ended may be a tee that it has started, with the answer
// on its way, or a helper that lives on and will say nothing more.
constexpr absl::Duration kSilence = absl::Milliseconds(300);
constexpr int kSignalBase = 128;

// The time since the machine started: the clock may be set while a program runs.
absl::Duration Uptime() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return absl::DurationFromTimespec(now);
}

// What to do about a program that cannot be started, where the reason alone does not say it.
absl::string_view StartHint(int error, const std::string& program) {
  if (error == ENOEXEC)
    return "it is no program for this machine; a script needs a first line such as #!/bin/sh";
  if (error == ENOENT && access(program.c_str(), F_OK) == 0)
    return "the program that its first line names, or its loader, is missing";
  if (error == EAGAIN) return "this user may have no more processes: end some, or raise ulimit -u";
  if (error == EMFILE) return "allow more open files: ulimit -n 256";
  if (error == ENOMEM) return "allow more memory: ulimit -v unlimited";
  return "";
}

absl::Status NotStarted(int error, const std::string& program) {
  const absl::string_view hint = StartHint(error, program);
  const absl::Status failed = ErrnoError(error, program);
  return hint.empty() ? failed : WithHint(failed, hint);
}

// One stream of the child: both ends, and what came or is still to go.
struct Stream {
  FileDescriptor read_end;
  FileDescriptor write_end;
  std::string data;
};

enum class End { kRead, kWrite };

// `ours` is the end that stays here, and is not waited at.
absl::Status Open(Stream* stream, const std::string& program, End ours = End::kRead) {
  int ends[2];
  if (!OpenPipe(ends)) return NotStarted(errno, program);
  stream->read_end = FileDescriptor(ends[0]);
  stream->write_end = FileDescriptor(ends[1]);
  fcntl(ends[ours == End::kRead ? 0 : 1], F_SETFL, O_NONBLOCK);
  return absl::OkStatus();
}

// A program and its end.
class Run {
 public:
  // Sets `ending` when a signal comes that is to end this process.
  Run(const ChildProgram& child, absl::optional<EndingSignal>* ending)
      : child_(child), deadline_(Uptime() + child.time_limit), ending_(ending) {}

  // However it returns, the program has ended.
  absl::StatusOr<ChildResult> Finish();

 private:
  absl::Status OpenStreams();
  absl::Status Start();
  [[noreturn]] void Become(const std::string& file, char* const* argv, pid_t parent, int report) const;
  absl::Status Await();
  absl::Status HasEnded(bool* ended);
  absl::Status ReadWhatIsLeft();
  absl::Status Listen(absl::Duration limit, bool* silent);
  absl::Status Take(Stream* stream) const;
  void Give();
  void Stop() const;

  const ChildProgram& child_;
  const absl::Duration deadline_;
  absl::optional<EndingSignal>* const ending_;
  EndingSignals signals_;
  Stream in_, out_, err_;
  pid_t pid_ = -1;
  int status_ = 0;
};

absl::Status Run::OpenStreams() {
  absl::Status opened = Open(&out_, child_.argv[0]);
  if (opened.ok() && !child_.shares_terminal) opened = Open(&err_, child_.argv[0]);
  if (opened.ok() && !child_.input.empty()) opened = Open(&in_, child_.argv[0], End::kWrite);
  in_.data = child_.input;
  return opened;
}

// The child process on its way to the program. Only what is safe after a fork. Every descriptor is
// close-on-exec, so the program gets the three streams alone; `report` gets the error when there is one.
void Run::Become(const std::string& file, char* const* argv, pid_t parent, int report) const {
  EndWithParent(SIGTERM);  // when this process is killed in a way that it cannot pass on
  if (getppid() != parent) _exit(kSignalBase + SIGTERM);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // its memory holds keys, too
  DefaultSignals();
  bool streams = dup2(out_.write_end.get(), STDOUT_FILENO) >= 0;
  if (!child_.shares_terminal) {
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    streams = streams && null >= 0 && dup2(null, STDIN_FILENO) >= 0 &&
              dup2(err_.write_end.get(), STDERR_FILENO) >= 0;
  }
  if (in_.read_end.ok()) streams = streams && dup2(in_.read_end.get(), STDIN_FILENO) >= 0;
  if (streams) execve(file.c_str(), argv, const_cast<char* const*>(child_.environment));
  const int error = errno;
  if (write(report, &error, sizeof(error)) < 0) _exit(kSignalBase);
  _exit(kSignalBase - 1);
}

absl::Status Run::Start() {
  const std::string& name = child_.argv[0];
  const std::string file =
      absl::StrContains(name, '/') ? name : FindExecutable(name, Environment(child_.environment).Get("PATH"));
  if (file.empty()) return ErrnoError(ENOENT, name);
  std::vector<char*> argv;
  for (const std::string& arg : child_.argv) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  Stream report;
  absl::Status opened = Open(&report, name);
  if (!opened.ok()) return opened;
  const pid_t parent = getpid();
  pid_ = fork();
  int error = pid_ < 0 ? errno : 0;
  if (pid_ == 0) Become(file, argv.data(), parent, report.write_end.get());
  for (Stream* stream : {&report, &out_, &err_}) stream->write_end = FileDescriptor();
  in_.read_end = FileDescriptor();
  pollfd reported = {report.read_end.get(), POLLIN, 0};
  while (pid_ > 0 && poll(&reported, 1, -1) < 0 && errno == EINTR) continue;
  if (pid_ > 0 && read(report.read_end.get(), &error, sizeof(error)) > 0) waitpid(pid_, nullptr, 0);
  return error == 0 ? absl::OkStatus() : NotStarted(error, name);
}

// Takes what is there to read; closes the stream at its end.
absl::Status Run::Take(Stream* stream) const {
  char buffer[4096];
  const ssize_t count = read(stream->read_end.get(), buffer, sizeof(buffer));
  if (count < 0)
    return errno == EINTR || errno == EAGAIN ? absl::OkStatus() : ErrnoError(errno, child_.argv[0]);
  if (count == 0) stream->read_end = FileDescriptor();
  stream->data.append(buffer, static_cast<size_t>(count));
  return stream->data.size() <= child_.max_output_bytes
             ? absl::OkStatus()
             : absl::ResourceExhaustedError(
                   absl::StrCat(child_.argv[0], ": said more than ", child_.max_output_bytes, " bytes"));
}

// Writes what there is room for; closes the stream when all is written, or nobody reads it.
void Run::Give() {
  const ssize_t count = write(in_.write_end.get(), in_.data.data(), in_.data.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  in_.data.erase(0, count < 0 ? std::string::npos : static_cast<size_t>(count));
  if (in_.data.empty()) in_.write_end = FileDescriptor();
}

// Waits for something to read or a signal, and takes it, or for room to write. Sets `silent` when neither
// came within `limit`.
absl::Status Run::Listen(absl::Duration limit, bool* silent) {
  pollfd waiting[] = {{out_.read_end.get(), POLLIN, 0},
                      {err_.read_end.get(), POLLIN, 0},
                      {signals_.fd(), POLLIN, 0},
                      {in_.write_end.get(), POLLOUT, 0}};
  const int count = poll(waiting, 4, static_cast<int>(absl::ToInt64Milliseconds(limit)) + 1);
  *silent = count == 0;
  if (count < 0) return errno == EINTR ? absl::OkStatus() : ErrnoError(errno, child_.argv[0]);
  absl::Status taken = waiting[0].revents != 0 ? Take(&out_) : absl::OkStatus();
  if (taken.ok() && waiting[1].revents != 0) taken = Take(&err_);
  if (waiting[2].revents != 0) *ending_ = signals_.Take();
  if (waiting[3].revents != 0) Give();
  return *ending_ ? absl::CancelledError(absl::StrCat(child_.argv[0], ": ended by a signal")) : taken;
}

absl::Status Run::HasEnded(bool* ended) {
  const pid_t waited = waitpid(pid_, &status_, WNOHANG);
  *ended = waited == pid_;
  if (waited >= 0) return absl::OkStatus();
  pid_ = -1;  // the number may be another's by now
  return ErrnoError(errno, absl::StrCat(child_.argv[0], ": its exit status"));
}

// Reads until the program has ended: others may hold its streams for longer.
absl::Status Run::Await() {
  while (true) {
    bool ended, silent;
    absl::Status seen = HasEnded(&ended);
    if (!seen.ok() || ended) return seen;
    const absl::Duration left = deadline_ - Uptime();
    if (left <= absl::ZeroDuration()) {
      return absl::DeadlineExceededError(
          absl::StrCat(child_.argv[0], ": no end after ", absl::FormatDuration(child_.time_limit)));
    }
    absl::Status heard = Listen(std::min(left, kLongestNap), &silent);
    if (!heard.ok()) return heard;
  }
}

absl::Status Run::ReadWhatIsLeft() {
  bool silent = false;
  while ((out_.read_end.ok() || err_.read_end.ok()) && !silent) {
    const bool owes = status_ == 0 && out_.read_end.ok() && out_.data.empty();
    absl::Status heard = Listen(owes ? std::max(deadline_ - Uptime(), kSilence) : kSilence, &silent);
    if (!heard.ok()) return heard;
  }
  return absl::OkStatus();
}

void Run::Stop() const {
  if (pid_ < 0) return;
  if (*ending_) {
    EndTree(pid_, **ending_);
  } else {
    KillTree(pid_);
  }
  waitpid(pid_, nullptr, 0);
}

absl::StatusOr<ChildResult> Run::Finish() {
  absl::Status status = OpenStreams();
  if (status.ok() && !signals_.Begin()) status = NotStarted(errno, child_.argv[0]);
  if (status.ok()) status = Start();
  if (!status.ok()) return status;
  status = Await();
  if (!status.ok()) {
    Stop();
    return status;
  }
  status = ReadWhatIsLeft();
  if (!status.ok()) return status;
  return ChildResult{WIFSIGNALED(status_) ? kSignalBase + WTERMSIG(status_) : WEXITSTATUS(status_),
                     Secret(std::move(out_.data)), Secret(std::move(err_.data))};
}

}  // namespace

absl::StatusOr<ChildResult> RunChild(const ChildProgram& child) {
  absl::optional<EndingSignal> ending;
  absl::StatusOr<ChildResult> result = Run(child, &ending).Finish();
  if (ending) raise(ending->number);
  return result;
}

}  // namespace credential_provider
