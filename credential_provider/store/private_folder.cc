#include "credential_provider/store/private_folder.h"

#include <fcntl.h>
#include <sys/auxv.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr mode_t kOthersMask = 077;
constexpr mode_t kFolderMode = 0700;

}  // namespace

absl::Status PrivateFolder::Open() {
  if (fd_.ok()) return absl::OkStatus();
  FileDescriptor folder(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!folder.ok() || fstat(folder.get(), &info) != 0) return ErrnoError(errno, path_);
  if (!IsPrivate(info)) {
    return WithHint(absl::PermissionDeniedError(
                        absl::StrCat(path_, ": not private: it must belong to this user with mode 0700")),
                    absl::StrCat("chmod 700 ", path_));
  }
  fd_ = std::move(folder);
  return absl::OkStatus();
}

absl::Status PrivateFolder::Make() {
  if (fd_.ok()) return absl::OkStatus();
  absl::Status made = MakeDirectories(path_, kFolderMode);
  return made.ok() ? Open() : made;
}

// The kernel hands the user id to each program at its start: asking for it again would be a system call.
bool IsPrivate(const struct stat& info) {
  return info.st_uid == static_cast<uid_t>(getauxval(AT_EUID)) && (info.st_mode & kOthersMask) == 0;
}

}  // namespace credential_provider
