#include "credential_provider/store/private_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/platform/this_process.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr mode_t kOthersMask = 077;
constexpr mode_t kFolderMode = 0700;
// How a user namespace shows the owners that it has no number for, root among them; see user_namespaces(7).
constexpr uid_t kOverflowUser = 65534;

std::string WayOutOf(const std::string& path, uid_t owner, const char* way_out) {
  if (owner == ThisUser()) return absl::StrCat("chmod 700 ", ShellWord(path));
  if (owner != 0) return absl::StrCat("it belongs to user ", owner, ": run this as that user, or ", way_out);
  return absl::StrCat("it belongs to root: as root, chown -R ", ThisUser(), " ", ShellWord(path), "; or ",
                      way_out);
}

absl::Status NotPrivate(const std::string& path, const struct stat& info, const char* way_out) {
  return WithHint(absl::PermissionDeniedError(
                      absl::StrCat(path, ": not private: it must belong to this user with mode 0700")),
                  WayOutOf(path, info.st_uid, way_out));
}

// Says why `path` was not opened as a folder. Of a symlink, too, Linux says that it is none; macOS says
// ELOOP.
absl::Status NotOpened(const std::string& path, int error, const char* way_out) {
  struct stat info;
  if ((error != ENOTDIR && error != ELOOP) || lstat(path.c_str(), &info) != 0) return ErrnoError(error, path);
  const bool link = S_ISLNK(info.st_mode);
  return WithHint(absl::PermissionDeniedError(
                      absl::StrCat(path, link ? ": a symlink, which is not followed" : ": not a folder")),
                  absl::StrCat(link ? "put a folder in its place, or " : "remove it, or ", way_out));
}

// A folder that is meant for everybody, such as /tmp, is nobody's.
bool IsOfAnotherUser(const struct stat& info) {
  const bool shared = (info.st_mode & S_ISVTX) != 0 && (info.st_mode & S_IWOTH) != 0;
  return !shared && info.st_uid != ThisUser() && info.st_uid != 0 && info.st_uid != kOverflowUser;
}

absl::Status CheckMemory(const std::string& folder) {
  const absl::StatusOr<bool> in_memory = IsInMemory(folder);
  if (!in_memory.ok()) return in_memory.status();
  return *in_memory ? absl::OkStatus()
                    : absl::FailedPreconditionError(absl::StrCat(folder, ": on a disk, not in memory"));
}

// Looks at the folders above `path`, up to one of this user's. Root's may be in the home of another.
absl::Status CheckOwnGround(const std::string& path) {
  for (std::string above = DirectoryOf(path);; above = DirectoryOf(above)) {
    struct stat info;
    if (stat(above.c_str(), &info) == 0) {
      if (IsOfAnotherUser(info)) {
        return absl::PermissionDeniedError(
            absl::StrCat(path, ": not made, because ", above, " belongs to user ", info.st_uid));
      }
      if (info.st_uid == ThisUser() && info.st_uid != 0) return absl::OkStatus();
    }
    if (above == "/" || above == ".") return absl::OkStatus();
  }
}

}  // namespace

absl::Status PrivateFolder::Open() {
  if (fd_.ok()) return absl::OkStatus();
  FileDescriptor folder(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!folder.ok()) return NotOpened(path_, errno, way_out_);
  if (fstat(folder.get(), &info) != 0) return ErrnoError(errno, path_);
  if (!IsPrivate(info)) return NotPrivate(path_, info, way_out_);
  fd_ = std::move(folder);
  return absl::OkStatus();
}

absl::Status PrivateFolder::Make() {
  absl::Status opened = Open();
  if (!absl::IsNotFound(opened)) return opened;
  absl::Status allowed =
      WithHint(CheckOwnGround(path_),
               absl::StrCat("run this as that user, set HOME to this user's (sudo -H), or ", way_out_));
  if (allowed.ok() && medium_ == Medium::kMemory) allowed = CheckMemory(DirectoryOf(path_));
  if (allowed.ok()) allowed = MakeDirectories(path_, kFolderMode);
  if (absl::IsPermissionDenied(allowed) && medium_ == Medium::kAny)
    allowed = WithHint(allowed, absl::StrCat("set HOME to a folder that this user can write, or ", way_out_));
  return allowed.ok() ? Open() : allowed;
}

bool IsPrivate(const struct stat& info) {
  return info.st_uid == ThisUser() && (info.st_mode & kOthersMask) == 0;
}

}  // namespace credential_provider
