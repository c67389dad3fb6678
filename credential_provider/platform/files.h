// What the system tells of files beyond POSIX. Linux: stat(2), statx(2), statfs(2), O_PATH of open(2),
// xattr(7). macOS: stat(2), O_SEARCH of open(2), copyfile(3).
#ifndef CREDENTIAL_PROVIDER_PLATFORM_FILES_H_
#define CREDENTIAL_PROVIDER_PLATFORM_FILES_H_

#include <sys/stat.h>

#include <string>

#include "absl/status/status.h"
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

// Returns those of the open file `fd`; nothing where the system does not tell.
absl::optional<FileTimes> TimesOf(int fd);

// Opens the folder `name` in the open folder `folder` (AT_FDCWD for the working folder), to look up names in
// it: that it may be listed is not needed. A symlink is not followed. -1, with errno, when it cannot be
// opened.
int OpenFolder(int folder, const char* name);

// Tells whether a file is mounted as `name` in the open folder `folder`, so that no other can be renamed to
// it. Not on macOS, which mounts only folders.
bool IsMountPoint(int folder, const char* name);

// Gives the new file `to` the access control list and the security label of the file `from`, or takes off
// what it has of its folder's and `from` has not; and of the user's own attributes as many as it can have. An
// error when list or label differ afterwards. The mode of `to` may be another then.
absl::Status CopyAttributes(int from, int to);

// Tells whether what `path` leads to is in memory and on no disk: tmpfs or ramfs. On macOS nothing is known
// to be.
absl::StatusOr<bool> IsInMemory(const std::string& path);

// The same of an open file or folder; false where the system does not tell.
bool IsInMemory(int fd);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_FILES_H_
