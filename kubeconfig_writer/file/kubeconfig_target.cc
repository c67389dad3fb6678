#include "kubeconfig_writer/file/kubeconfig_target.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "kubeconfig_writer/file/file_access.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::ErrnoError;
using credential_provider::FileDescriptor;
using credential_provider::OpenFolder;
using credential_provider::WithHint;

constexpr int kMaxLinks = 40;  // as the kernel
constexpr char kOtherFileHint[] = "name another file with --kubeconfig or KUBECONFIG";
constexpr char kOtherFolderHint[] =
    "nothing was changed: name a file in a folder that you can write with --kubeconfig or KUBECONFIG, or set "
    "HOME to "
    "your own";

bool IsTrusted(uid_t owner) { return owner == geteuid() || owner == 0; }

// Debian gives each user a group of the same name, with nobody else in it.
bool IsPrivateGroup(gid_t group_id, uid_t owner) {
  const passwd* user = getpwuid(owner);
  const group* const group = getgrgid(group_id);
  if (user == nullptr || group == nullptr || user->pw_gid != group_id) return false;
  const absl::string_view name = user->pw_name;
  bool alone = name == group->gr_name;
  for (char** member = group->gr_mem; *member != nullptr; ++member) alone = alone && name == *member;
  return alone;
}

bool CanOthersReplace(const struct stat& link, const struct stat& folder) {
  if (!IsTrusted(folder.st_uid)) return true;
  const bool everybody = (folder.st_mode & S_IWOTH) != 0;
  const bool group = (folder.st_mode & S_IWGRP) != 0 && !IsPrivateGroup(folder.st_gid, folder.st_uid);
  if (!everybody && !group) return false;
  return (folder.st_mode & S_ISVTX) == 0 || !IsTrusted(link.st_uid);
}

std::string Join(const std::string& folder, absl::string_view name) {
  return absl::StrCat(folder == "/" ? "" : folder, "/", name);
}

std::string WorkingFolder() {
  char path[PATH_MAX];
  return getcwd(path, sizeof(path)) == nullptr ? "." : path;
}

}  // namespace

// The way to a file as the kernel goes it, but looking at each step.
class PathWalk {
 public:
  explicit PathWalk(const std::string& path) { target_.path_ = path; }

  absl::StatusOr<KubeconfigTarget> Go() {
    absl::Status gone = Begin();
    while (gone.ok() && !rest_.empty()) {
      const std::string name = std::move(rest_.back());
      rest_.pop_back();
      gone = Step(name);
    }
    if (!gone.ok()) return WithHint(gone, kOtherFileHint);
    const std::string& name = target_.file_.name;
    if (name.empty() || name == "." || name == "..") return WithHint(Error(EISDIR), kOtherFileHint);
    target_.file_.path = target_.link_.folder == nullptr ? target_.path_ : target_.resolved_;
    return std::move(target_);
  }

 private:
  absl::Status Error(int error) const { return ErrnoError(error, target_.path_); }

  absl::Status Begin() {
    Push(target_.path_);
    // "config/" can only be a folder.
    if (absl::EndsWith(target_.path_, "/")) rest_.insert(rest_.begin(), ".");
    return absl::StartsWith(target_.path_, "/") ? Enter(AT_FDCWD, "/", "/")
                                                : Enter(AT_FDCWD, ".", WorkingFolder());
  }

  // Puts the parts of `path` in front of what is left to go.
  void Push(absl::string_view path) {
    const std::vector<std::string> parts = absl::StrSplit(path, '/', absl::SkipEmpty());
    rest_.insert(rest_.end(), parts.rbegin(), parts.rend());
  }

  // Goes into a folder, which is `path` without links.
  absl::Status Enter(int folder, const std::string& name, const std::string& path) {
    auto next = std::make_shared<const FileDescriptor>(OpenFolder(folder, name.c_str()));
    if (!next->ok()) return Error(errno);
    target_.file_.folder = std::move(next);
    at_ = path;
    return absl::OkStatus();
  }

  absl::Status Step(const std::string& name) {
    if (name == ".") return absl::OkStatus();
    if (name == "..") return Enter(Folder(), name, DirectoryOf(at_));
    struct stat info;
    if (fstatat(Folder(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
      return errno == ENOENT ? StopAtMissing(name) : Error(errno);
    if (S_ISLNK(info.st_mode)) return Follow(name, info);
    if (rest_.empty()) return Arrive(name);
    return S_ISDIR(info.st_mode) ? Enter(Folder(), name, Join(at_, name)) : Error(ENOTDIR);
  }

  absl::Status Arrive(const std::string& name) {
    target_.file_.name = name;
    target_.resolved_ = Join(at_, name);
    return absl::OkStatus();
  }

  // Nothing that comes after `name` is there either.
  absl::Status StopAtMissing(const std::string& name) {
    if (rest_.empty()) return Arrive(name);
    target_.missing_behind_link_ = rest_.size() >= first_of_link_;
    target_.missing_ = {name};
    target_.missing_.insert(target_.missing_.end(), rest_.rbegin(), rest_.rend() - 1);
    for (const std::string& missing : target_.missing_) {
      if (missing == ".." || missing == ".") return Error(ENOENT);
      at_ = Join(at_, missing);
    }
    const std::string last = rest_.front();
    rest_.clear();
    return Arrive(last);
  }

  absl::Status Follow(const std::string& name, const struct stat& link) {
    struct stat folder;
    if (fstat(Folder(), &folder) != 0) return Error(errno);
    if (CanOthersReplace(link, folder)) {
      const std::string shown = rest_.empty() && links_ == 0 ? target_.path_ : Join(at_, name);
      return WithHint(
          absl::PermissionDeniedError(absl::StrCat(shown, ": a link in a folder that others can write")),
          "name the file that it leads to");
    }
    char text[PATH_MAX];
    const ssize_t size = readlinkat(Folder(), name.c_str(), text, sizeof(text));
    if (size <= 0) return Error(size == 0 ? ENOENT : errno);
    if (++links_ > kMaxLinks) return Error(ELOOP);
    if (rest_.empty() && target_.link_.folder == nullptr)
      target_.link_ = {target_.file_.folder, name, target_.path_};
    first_of_link_ = std::min(first_of_link_, rest_.size());
    Push({text, static_cast<size_t>(size)});
    return text[0] == '/' ? Enter(AT_FDCWD, "/", "/") : absl::OkStatus();
  }

  int Folder() const { return target_.file_.fd(); }

  KubeconfigTarget target_;          // its file's folder is where the walk is
  std::string at_;                   // the path of that folder, without links
  std::vector<std::string> rest_;    // the parts still to go, the next one last
  size_t first_of_link_ = SIZE_MAX;  // the parts in `rest_` from here on are those of a link
  int links_ = 0;
};

absl::StatusOr<KubeconfigTarget> KubeconfigTarget::Find(const std::string& path) {
  absl::Status is_file = CheckNotSpecial(path);
  if (!is_file.ok()) return is_file;
  return PathWalk(path).Go();
}

absl::Status KubeconfigTarget::MakeFolder() {
  const std::string folder = DirectoryOf(resolved_);
  if (!missing_.empty() && missing_behind_link_) {
    return WithHint(absl::NotFoundError(
                        absl::StrCat(path_, ": a link to ", resolved_, ", and there is no folder ", folder)),
                    "make that folder, correct the link, or name another file with --kubeconfig");
  }
  for (const std::string& name : missing_) {
    const bool made = mkdirat(file_.fd(), name.c_str(), S_IRWXU) == 0;
    if (!made && errno != EEXIST) return WithHint(ErrnoError(errno, folder), kOtherFolderHint);
    auto next = std::make_shared<const FileDescriptor>(OpenFolder(file_.fd(), name.c_str()));
    if (!next->ok()) return ErrnoError(errno, folder);
    if (made) GiveToOwnerOf(file_.fd(), next->get());
    file_.folder = std::move(next);
  }
  missing_.clear();
  return absl::OkStatus();
}

absl::StatusOr<FileDescriptor> KubeconfigTarget::Open() const {
  if (!missing_.empty()) return absl::NotFoundError(path_);
  FileDescriptor file(openat(file_.fd(), file_.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok() && (errno == ELOOP || errno == EMLINK)) {
    return WithHint(
        absl::PermissionDeniedError(absl::StrCat(path_, ": somebody has put a link in its place")),
        "nothing was changed: look at who can write its folder, then run this again");
  }
  if (!file.ok()) return ErrnoError(errno, path_);
  struct stat info;
  if (fstat(file.get(), &info) != 0) return ErrnoError(errno, path_);
  if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) return NotAFile(path_);
  return file;
}

std::vector<FilePlace> KubeconfigTarget::LockedPlaces() const {
  if (link_.folder == nullptr) return {file_};
  return {link_, file_};
}

}  // namespace kubeconfig_writer
