#include "kubeconfig_writer/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/file.h"
#include "credential_provider/platform/files.h"

namespace kubeconfig_writer {
namespace {

constexpr absl::string_view kPlaceholder = "XXXXXX";
constexpr absl::Duration kOldAge = absl::Minutes(1);

bool IsOldAndOurs(int folder, const char* name) {
  struct stat info;
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return false;
  return S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
         absl::Now() - credential_provider::WrittenTime(info) > kOldAge;
}

}  // namespace

std::string TemporaryNameOf(const std::string& path) {
  return absl::StrCat(path, ".kubeconfig_writer.", kPlaceholder);
}

void RemoveLeftovers(const std::string& path) {
  const std::string name = TemporaryNameOf(path.substr(path.rfind('/') + 1));
  const absl::string_view prefix = absl::string_view(name).substr(0, name.size() - kPlaceholder.size());
  DIR* const folder = opendir(credential_provider::DirectoryOf(path).c_str());
  if (folder == nullptr) return;
  while (const dirent* entry = readdir(folder)) {
    const absl::string_view found = entry->d_name;
    const bool named = found.size() == name.size() && absl::StartsWith(found, prefix);
    if (named && IsOldAndOurs(dirfd(folder), entry->d_name)) unlinkat(dirfd(folder), entry->d_name, 0);
  }
  closedir(folder);
}

}  // namespace kubeconfig_writer
