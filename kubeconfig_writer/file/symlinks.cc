#include "kubeconfig_writer/file/symlinks.h"

#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::DirectoryOf;
using credential_provider::ErrnoError;

constexpr int kMaxLinks = 40;  // as the kernel

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

absl::Status NotToBeFollowed(int error, const std::string& path) {
  return credential_provider::WithHint(ErrnoError(error, path),
                                       "name another file with --kubeconfig or KUBECONFIG");
}

absl::StatusOr<std::string> ReadLink(const std::string& path) {
  char buffer[PATH_MAX];
  const ssize_t size = readlink(path.c_str(), buffer, sizeof(buffer));
  if (size < 0) return ErrnoError(errno, path);
  const absl::string_view target(buffer, static_cast<size_t>(size));
  return target[0] == '/' ? std::string(target) : absl::StrCat(DirectoryOf(path), "/", target);
}

}  // namespace

absl::StatusOr<std::string> FollowLinks(const std::string& path) {
  std::string at = path;
  for (int links = 0; links <= kMaxLinks; ++links) {
    struct stat file, folder;
    if (lstat(at.c_str(), &file) != 0)
      return errno == ENOENT ? absl::StatusOr<std::string>(at) : NotToBeFollowed(errno, at);
    if (!S_ISLNK(file.st_mode)) return at;
    if (stat(DirectoryOf(at).c_str(), &folder) != 0) return NotToBeFollowed(errno, at);
    if (CanOthersReplace(file, folder)) {
      return credential_provider::WithHint(
          absl::PermissionDeniedError(absl::StrCat(at, ": a link in a folder that others can write")),
          "name the file that it leads to");
    }
    absl::StatusOr<std::string> next = ReadLink(at);
    if (!next.ok()) return next.status();
    at = *std::move(next);
  }
  return NotToBeFollowed(ELOOP, path);
}

}  // namespace kubeconfig_writer
