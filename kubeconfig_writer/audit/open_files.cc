#include "kubeconfig_writer/audit/open_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/platform/access_list.h"
#include "kubeconfig_writer/file/trusted_path.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::AccessOfOthers;
using credential_provider::DirectoryOf;
using credential_provider::ListedAccess;

std::string Absolute(const std::string& path) {
  char folder[PATH_MAX];
  if (path[0] == '/' || getcwd(folder, sizeof(folder)) == nullptr) return path;
  return absl::StrCat(folder, "/", path);
}

std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? path : buffer;
}

// With the sticky bit nobody replaces what is not theirs.
std::string WhyOpen(const std::string& folder) {
  struct stat info;
  if (stat(folder.c_str(), &info) != 0 || (info.st_mode & S_ISVTX) != 0) return "";
  if ((info.st_mode & S_IWOTH) != 0) return absl::StrCat("anybody can write the folder ", folder);
  if (!ListedAccess(folder).write) return "";
  return absl::StrCat("an access list lets others write the folder ", folder);
}

std::string WhyAnyOpen(std::string path) {
  std::string why;
  while (why.empty() && path != "/" && path != ".") {
    path = DirectoryOf(path);
    why = WhyOpen(path);
  }
  return why;
}

}  // namespace

std::string WhyReadable(const std::string& path) {
  std::string why = WhyTooOpen(path);
  const AccessOfOthers listed = ListedAccess(path);
  if (why.empty() || (!listed.read && !listed.write)) return why;
  return absl::StrCat("an access list lets others ", listed.write ? "write" : "read", " it; ", why);
}

std::string WhyFolderOpen(const std::string& path) {
  struct stat info;
  if (path.empty() || stat(path.c_str(), &info) != 0) return "";
  const std::string why = WhyAnyOpen(Absolute(path));
  return why.empty() ? WhyAnyOpen(Resolved(path)) : why;
}

}  // namespace kubeconfig_writer
