#include "credential_provider/base/own_path.h"

#include <sys/auxv.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

// What execve was given; "" when the kernel does not say.
absl::string_view GivenPath() {
  const auto* const path = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  return path == nullptr ? "" : path;
}

}  // namespace

std::string OwnFile() {
  char file[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", file, sizeof(file));
  if (size > 0 && size < PATH_MAX && file[0] == '/') {
    // What the kernel puts behind the path of a file that has no name any more.
    return std::string(absl::StripSuffix(absl::string_view(file, static_cast<size_t>(size)), " (deleted)"));
  }
  return Resolved(std::string(GivenPath()));
}

std::string PathAsStarted() {
  const absl::string_view given = GivenPath();
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
