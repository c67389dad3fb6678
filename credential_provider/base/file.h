// Files: whole reads, and writes that are either complete or not there.
#ifndef CREDENTIAL_PROVIDER_BASE_FILE_H_
#define CREDENTIAL_PROVIDER_BASE_FILE_H_

#include <sys/types.h>
#include <unistd.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

// A file descriptor that is closed when the object ends. It is never a standard stream: a file that got the
// number of one, because whoever started the program had closed that, is given another.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {
    if (fd >= 0 && fd <= STDERR_FILENO) LeaveStream();
  }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.Release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();

  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  int Release();

 private:
  void LeaveStream();

  int fd_ = -1;
};

// Reads `fd` from its position to the end. ResourceExhausted above `max_bytes`. `subject` names it in errors.
// A pipe that was opened with O_NONBLOCK is waited for, but not without end: DeadlineExceeded.
absl::StatusOr<std::string> ReadAll(int fd, size_t max_bytes, absl::string_view subject);

// Reads the whole file at `path`, following symlinks. NotFound when there is none. Something that may never
// have anything to read, like a pipe that nobody writes into, is waited for 10 seconds.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

// Writes all of `data` to `fd`; interrupted and short writes go on.
absl::Status WriteAll(int fd, absl::string_view data, absl::string_view subject);

// The same to stdout; the error says what to look at.
absl::Status WriteStdout(absl::string_view data);

// Puts `data` at `path` so that every reader sees the old file or the new one, also after a crash: writes a
// temporary file in the same folder with `mode` from its creation, syncs it, renames it, syncs the folder.
// A symlink at `path` is replaced, not followed. On failure the temporary file is removed and `path` is as it
// was. When `owner` and `group` are not -1 the new file is given to them before it takes the name.
absl::Status ReplaceFile(const std::string& path, absl::string_view data, mode_t mode,
                         uid_t owner = uid_t(-1), gid_t group = gid_t(-1));

// The same with data in several parts.
absl::Status ReplaceFile(const std::string& path, absl::Span<const absl::string_view> parts, mode_t mode,
                         uid_t owner = uid_t(-1), gid_t group = gid_t(-1));

// Makes a new file at `path` with `mode` and `data`. AlreadyExists when anything has that name. On failure
// there is no file.
absl::Status CreateFile(const std::string& path, absl::string_view data, mode_t mode);

// Makes the folder `path` and those above it that are missing, each with `mode`. An existing one is left as
// is.
absl::Status MakeDirectories(const std::string& path, mode_t mode);

// Returns the folder part of `path`: "/a" for "/a/b", "." for "b", "/" for "/b".
std::string DirectoryOf(absl::string_view path);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_FILE_H_
