#include "credential_provider/store/disk_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/random.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kEntrySuffix[] = ".credential";
constexpr char kTemporarySuffix[] = ".credential.tmp";
constexpr size_t kMaxEntryBytes = 1 << 20;
constexpr size_t kFileNameSize = 16;  // of CredentialKey::FileName
constexpr mode_t kOthersMask = 077;
constexpr size_t kTemporaryRandomBytes = 8;
// A temporary file this old belongs to a process that was killed.
constexpr absl::Duration kTemporaryLifetime = absl::Hours(1);
// Bounds the time that one run spends on cleaning up after earlier ones.
constexpr int kMaxSwept = 1000;

std::string EntryName(const CredentialKey& key) { return key.FileName() + kEntrySuffix; }

bool IsPrivate(const struct stat& info) {
  return info.st_uid == geteuid() && (info.st_mode & kOthersMask) == 0;
}

// Writes a new file in `directory` whose modification time is `end`, so that the sweep needs no look inside.
absl::Status WriteTemporary(int directory, const std::string& name, absl::string_view data, absl::Time end) {
  const FileDescriptor file(
      openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.ok()) return ErrnoError(errno, name);
  absl::Status written = WriteAll(file.get(), data, name);
  if (!written.ok()) return written;
  const timespec times[] = {absl::ToTimespec(end), absl::ToTimespec(end)};
  return futimens(file.get(), times) == 0 ? absl::OkStatus() : ErrnoError(errno, name);
}

// Tells whether a file of ours, by its name, has had its time: the modification time of an entry is its end,
// that of a temporary file its making, or already the end of its entry.
bool HasEnded(absl::string_view name, const struct stat& info, absl::Time now) {
  if (name.find_first_not_of("0123456789abcdef") != kFileNameSize) return false;
  const absl::Time modified = absl::TimeFromTimespec(info.st_mtim);
  if (absl::EndsWith(name, kTemporarySuffix)) return modified + kTemporaryLifetime < now;
  return name.substr(kFileNameSize) == kEntrySuffix && modified < now;
}

void RemoveEnded(int directory, absl::Time now) {
  const std::unique_ptr<DIR, int (*)(DIR*)> list(fdopendir(dup(directory)), closedir);
  if (list == nullptr) return;
  for (int seen = 0; seen < kMaxSwept; ++seen) {
    const dirent* const file = readdir(list.get());
    if (file == nullptr) return;
    struct stat info;
    if (fstatat(directory, file->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(info.st_mode) && HasEnded(file->d_name, info, now)) unlinkat(directory, file->d_name, 0);
  }
}

}  // namespace

absl::optional<Entry> DiskStore::Find(const CredentialKey& key) const {
  FileDescriptor directory;
  if (!OpenDirectory(&directory).ok()) return absl::nullopt;
  const std::string name = EntryName(key);
  const FileDescriptor file(
      openat(directory.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat info;
  if (!file.ok() || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) || !IsPrivate(info))
    return absl::nullopt;
  const absl::StatusOr<std::string> data = ReadAll(file.get(), kMaxEntryBytes, name);
  if (!data.ok()) return absl::nullopt;
  return ParseEntry(*data, key.text());
}

absl::Status DiskStore::Remember(const CredentialKey& key, const Entry& entry, absl::Time now) {
  absl::Status made = MakeDirectories(directory_, 0700);
  if (!made.ok()) return made;
  FileDescriptor directory;
  absl::Status opened = OpenDirectory(&directory);
  if (!opened.ok()) return opened;
  const std::string name = EntryName(key);
  const std::string temporary =
      absl::StrCat(key.FileName(), ".", RandomHex(kTemporaryRandomBytes), kTemporarySuffix);
  absl::Status result =
      WriteTemporary(directory.get(), temporary, FormatEntry(key.text(), entry), entry.expiration);
  if (result.ok() && renameat(directory.get(), temporary.c_str(), directory.get(), name.c_str()) != 0) {
    result = ErrnoError(errno, name);
  }
  if (!result.ok()) {
    unlinkat(directory.get(), temporary.c_str(), 0);
    return WithContext(result, directory_);
  }
  RemoveEnded(directory.get(), now);
  return absl::OkStatus();
}

absl::Status DiskStore::OpenDirectory(FileDescriptor* directory) const {
  *directory = FileDescriptor(open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!directory->ok() || fstat(directory->get(), &info) != 0) return ErrnoError(errno, directory_);
  if (IsPrivate(info)) return absl::OkStatus();
  return WithHint(absl::PermissionDeniedError(
                      absl::StrCat(directory_, ": not private: it must belong to this user with mode 0700")),
                  absl::StrCat("chmod 700 ", directory_));
}

}  // namespace credential_provider
