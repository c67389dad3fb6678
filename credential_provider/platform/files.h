// What the system tells of files beyond POSIX. Linux: stat(2), statx(2), statfs(2). macOS: stat(2).
#ifndef CREDENTIAL_PROVIDER_PLATFORM_FILES_H_
#define CREDENTIAL_PROVIDER_PLATFORM_FILES_H_

#include <sys/stat.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace credential_provider {

// Returns when the file was last written to.
absl::Time WrittenTime(const struct stat& info);

struct FileTimes {
  absl::Time written;
  absl::optional<absl::Time> made;  // nothing where the file system does not keep it
};

// Returns those of the file that `path` leads to; nothing where there is none.
absl::optional<FileTimes> TimesOf(const std::string& path);

// Tells whether a file is mounted at `path`, so that no other can be renamed to it. Not on macOS, which
// mounts only folders.
bool IsMountPoint(const std::string& path);

// Tells whether what `path` leads to is in memory and on no disk: tmpfs or ramfs. On macOS nothing is known
// to be.
absl::StatusOr<bool> IsInMemory(const std::string& path);

// The same of an open file or folder; false where the system does not tell.
bool IsInMemory(int fd);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_FILES_H_
