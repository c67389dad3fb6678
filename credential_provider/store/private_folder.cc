#include "credential_provider/store/private_folder.h"

#include <fcntl.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr mode_t kOthersMask = 077;
constexpr mode_t kFolderMode = 0700;

absl::Status NotPrivate(const std::string& path, const struct stat& info) {
  const absl::Status status = absl::PermissionDeniedError(
      absl::StrCat(path, ": not private: it must belong to this user with mode 0700"));
  if (info.st_uid == geteuid()) return WithHint(status, absl::StrCat("chmod 700 ", path));
  return WithHint(status, absl::StrCat("it belongs to another user: as root, chown -R ", geteuid(), " ", path,
                                       "; or choose another folder with --cache-dir"));
}

// Says why `path` was not opened as a folder: of a symlink, too, the kernel says that it is none.
absl::Status NotOpened(const std::string& path, int error) {
  struct stat info;
  if (error != ENOTDIR || lstat(path.c_str(), &info) != 0) return ErrnoError(error, path);
  const bool link = S_ISLNK(info.st_mode);
  return WithHint(absl::PermissionDeniedError(
                      absl::StrCat(path, link ? ": a symlink, which is not followed" : ": not a folder")),
                  link ? "give the folder that it leads to with --cache-dir, or put a folder in its place"
                       : "remove it, or choose another folder with --cache-dir");
}

}  // namespace

absl::Status PrivateFolder::Open() {
  if (fd_.ok()) return absl::OkStatus();
  FileDescriptor folder(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!folder.ok()) return NotOpened(path_, errno);
  if (fstat(folder.get(), &info) != 0) return ErrnoError(errno, path_);
  if (!IsPrivate(info)) return NotPrivate(path_, info);
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
