#include "credential_provider/process/own_path.h"

#include <unistd.h>

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
  absolute += "/";
  const size_t up = absolute.rfind("/../");
  const std::string above = up == std::string::npos ? "" : Resolved(absolute.substr(0, up + 3));
  if (!above.empty()) absolute = absl::StrCat(above, absolute.substr(up + 3));
  std::vector<absl::string_view> parts;
  for (const absl::string_view part : absl::StrSplit(absolute, '/', absl::SkipEmpty())) {
    if (part == ".." && !parts.empty()) parts.pop_back();  // of what is not there
    if (part != "." && part != "..") parts.push_back(part);
  }
  return absl::StrCat("/", absl::StrJoin(parts, "/"));
}

std::string Resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

}  // namespace credential_provider
