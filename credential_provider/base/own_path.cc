#include "credential_provider/base/own_path.h"

#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/platform/this_process.h"

namespace credential_provider {

std::string OwnFile() {
  const std::string file = ProgramFile();
  return file.empty() ? Resolved(PathGiven()) : file;
}

std::string PathAsStarted() {
  const std::string given = PathGiven();
  return given.empty() ? "" : AbsolutePath(given);
}

std::string AbsolutePath(absl::string_view path) {
  std::string absolute(path);
  char folder[PATH_MAX];
  if (path.empty() || path[0] != '/') {
    if (getcwd(folder, sizeof(folder)) == nullptr) return "";
    absolute = absl::StrCat(folder, "/", path);
  }
  const size_t up = absolute.rfind("/../");
  if (up != std::string::npos)
    absolute = absl::StrCat(Resolved(absolute.substr(0, up + 3)), absolute.substr(up + 3));
  std::vector<absl::string_view> parts = absl::StrSplit(absolute, '/', absl::SkipEmpty());
  parts.erase(std::remove(parts.begin(), parts.end(), "."), parts.end());
  return absl::StrCat("/", absl::StrJoin(parts, "/"));
}

std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

}  // namespace credential_provider
