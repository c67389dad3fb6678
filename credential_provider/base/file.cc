#include "credential_provider/base/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

// Between two pieces out of a pipe.
constexpr int kPipeLimitSeconds = 10;

// Waits until `fd`, which has nothing to read now, has something, or has ended.
absl::Status WaitFor(int fd, absl::string_view subject) {
  pollfd awaited = {fd, POLLIN, 0};
  int ready = 0;
  do ready = poll(&awaited, 1, kPipeLimitSeconds * 1000);
  while (ready < 0 && errno == EINTR);
  if (ready < 0) return ErrnoError(errno, subject);
  if (ready > 0) return absl::OkStatus();
  return absl::DeadlineExceededError(
      absl::StrCat(subject, ": a pipe into which nothing came for ", kPipeLimitSeconds, "s"));
}

// A pipe without a writer looks like one at its end until the first one comes.
bool IsPipe(int fd) {
  struct stat info;
  return fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode);
}

// Fills the open file, called `name`, and gives it its final mode and owner.
absl::Status Fill(int fd, const std::string& name, absl::Span<const absl::string_view> parts, mode_t mode,
                  uid_t owner, gid_t group) {
  for (const absl::string_view part : parts) {
    absl::Status written = WriteAll(fd, part, name);
    if (!written.ok()) return written;
  }
  if ((owner != uid_t(-1) || group != gid_t(-1)) && fchown(fd, owner, group) != 0)
    return ErrnoError(errno, name);
  if (fchmod(fd, mode) != 0) return ErrnoError(errno, name);
  if (fsync(fd) != 0) return ErrnoError(errno, name);
  return absl::OkStatus();
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (ok()) close(fd_);
    fd_ = other.Release();
  }
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (ok()) close(fd_);
}

void FileDescriptor::LeaveStream() {
  const int stream = fd_;
  fd_ = fcntl(stream, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  close(stream);
  OccupyClosedStreams();
  errno = error;
}

int FileDescriptor::Release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

absl::StatusOr<std::string> ReadAll(int fd, size_t max_bytes, absl::string_view subject) {
  std::string data;
  char buffer[16384];
  bool waited_for_writer = false;
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    const bool no_writer = count == 0 && data.empty() && !waited_for_writer && IsPipe(fd);
    if (no_writer || (count < 0 && errno == EAGAIN)) {
      absl::Status waited = WaitFor(fd, subject);
      if (!waited.ok()) return waited;
      waited_for_writer |= no_writer;
      continue;
    }
    if (count < 0) return ErrnoError(errno, subject);
    if (count == 0) return data;
    data.append(buffer, static_cast<size_t>(count));
    if (data.size() > max_bytes) {
      return absl::ResourceExhaustedError(absl::StrCat(subject, ": larger than ", max_bytes, " bytes"));
    }
  }
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok()) return ErrnoError(errno, path);
  return ReadAll(file.get(), max_bytes, path);
}

absl::Status WriteAll(int fd, absl::string_view data, absl::string_view subject) {
  while (!data.empty()) {
    const ssize_t count = write(fd, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoError(errno, subject);
    data.remove_prefix(static_cast<size_t>(count));
  }
  return absl::OkStatus();
}

absl::Status WriteStdout(absl::string_view data) {
  return WithHint(WriteAll(STDOUT_FILENO, data, "stdout"),
                  "check where stdout leads to: it may be closed, or on a disk that is full");
}

absl::Status ReplaceFile(const std::string& path, absl::string_view data, mode_t mode, uid_t owner,
                         gid_t group) {
  return ReplaceFile(path, absl::MakeConstSpan(&data, 1), mode, owner, group);
}

absl::Status ReplaceFile(const std::string& path, absl::Span<const absl::string_view> parts, mode_t mode,
                         uid_t owner, gid_t group) {
  std::string temporary = absl::StrCat(path, ".tmp.XXXXXX");
  const FileDescriptor file(mkostemp(&temporary[0], O_CLOEXEC));  // made with mode 0600
  if (!file.ok()) return ErrnoError(errno, path);
  absl::Status result = Fill(file.get(), path, parts, mode, owner, group);
  if (result.ok() && std::rename(temporary.c_str(), path.c_str()) != 0) result = ErrnoError(errno, path);
  if (!result.ok()) {
    unlink(temporary.c_str());
    return result;
  }
  const FileDescriptor folder(open(DirectoryOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.ok()) fsync(folder.get());  // best effort: some file systems refuse it
  return absl::OkStatus();
}

absl::Status CreateFile(const std::string& path, absl::string_view data, mode_t mode) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file.ok()) return ErrnoError(errno, path);
  absl::Status result = Fill(file.get(), path, absl::MakeConstSpan(&data, 1), mode, uid_t(-1), gid_t(-1));
  if (!result.ok()) unlink(path.c_str());
  return result;
}

absl::Status MakeDirectories(const std::string& path, mode_t mode) {
  if (mkdir(path.c_str(), mode) == 0) return absl::OkStatus();
  if (errno == EEXIST) return absl::OkStatus();
  if (errno != ENOENT) return ErrnoError(errno, path);
  absl::Status parent = MakeDirectories(DirectoryOf(path), mode);
  if (!parent.ok()) return parent;
  if (mkdir(path.c_str(), mode) == 0 || errno == EEXIST) return absl::OkStatus();
  return ErrnoError(errno, path);
}

std::string DirectoryOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

}  // namespace credential_provider
