// The file that events are appended to, which nobody else may read or have put there.
#ifndef CREDENTIAL_PROVIDER_LOG_LOG_FILE_H_
#define CREDENTIAL_PROVIDER_LOG_LOG_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/file.h"

namespace credential_provider {

// Opens the file at `path` to append to it; makes it with mode 0600 where there is none. PermissionDenied for
// a symlink, for what is no plain file or has a second name, and for what belongs to or is open to somebody
// else.
absl::StatusOr<FileDescriptor> OpenLogFile(const std::string& path);

// Returns `path` from the root, wherever this process goes later.
std::string AbsoluteLogPath(absl::string_view path);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LOG_LOG_FILE_H_
