#include "credential_provider/platform/files.h"

namespace credential_provider {

absl::Time WrittenTime(const struct stat& info) { return absl::TimeFromTimespec(info.st_mtimespec); }

absl::optional<FileTimes> TimesOf(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return absl::nullopt;
  return FileTimes{WrittenTime(info), absl::TimeFromTimespec(info.st_birthtimespec)};
}

bool IsMountPoint(const std::string&) { return false; }

absl::StatusOr<bool> IsInMemory(const std::string&) { return false; }

bool IsInMemory(int) { return false; }

}  // namespace credential_provider
