#include "kubeconfig_writer/file/temporary_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/platform/files.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FileDescriptor;

constexpr size_t kRandom = 6;  // characters at the end of a name
constexpr int kTries = 100;
constexpr absl::Duration kOldAge = absl::Minutes(1);

std::string PrefixOf(const FilePlace& place) { return absl::StrCat(place.name, ".kubeconfig_writer."); }

// Other names than those of other runs: O_EXCL sees to the rest.
std::string RandomLetters(int attempt) {
  constexpr absl::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  auto number = static_cast<uint64_t>(absl::GetCurrentTimeNanos()) * 0x9e3779b97f4a7c15u +
                static_cast<uint64_t>(getpid()) * 0xbf58476d1ce4e5b9u + static_cast<uint64_t>(attempt);
  std::string letters;
  for (; letters.size() < kRandom; number /= kLetters.size()) {
    number ^= number >> 29;
    letters += kLetters[number % kLetters.size()];
  }
  return letters;
}

bool IsOldAndOurs(int folder, const char* name) {
  struct stat info;
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return false;
  return S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
         absl::Now() - credential_provider::WrittenTime(info) > kOldAge;
}

}  // namespace

FileDescriptor MakeTemporaryFile(const FilePlace& place, std::string* name) {
  for (int attempt = 0;; ++attempt) {
    *name = absl::StrCat(PrefixOf(place), RandomLetters(attempt));
    FileDescriptor file(openat(place.fd(), name->c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.ok() || errno != EEXIST || attempt == kTries) return file;
  }
}

void RemoveLeftovers(const FilePlace& place) {
  const std::string prefix = PrefixOf(place);
  DIR* const folder = fdopendir(openat(place.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder == nullptr) return;
  while (const dirent* entry = readdir(folder)) {
    const absl::string_view found = entry->d_name;
    const bool named = found.size() == prefix.size() + kRandom && absl::StartsWith(found, prefix);
    if (named && IsOldAndOurs(dirfd(folder), entry->d_name)) unlinkat(dirfd(folder), entry->d_name, 0);
  }
  closedir(folder);
}

}  // namespace kubeconfig_writer
