#include "credential_provider/store/disk_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/random.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kEntrySuffix[] = ".credential";
constexpr char kStateSuffix[] = ".state";  // of KeyState
constexpr char kTemporarySuffix[] = ".credential.tmp";
constexpr off_t kMaxEntryBytes = 1 << 20;
constexpr size_t kFileNameSize = 16;  // of CredentialKey::FileName
constexpr size_t kTemporaryRandomBytes = 8;
// A temporary file this old belongs to a process that was killed.
constexpr absl::Duration kTemporaryLifetime = absl::Hours(1);
// A record that no run has written to for so long is of a key that is not used any more.
constexpr absl::Duration kStateLifetime = absl::Hours(24 * 30);
// Bounds the time that one run spends on cleaning up after earlier ones, and on listing.
constexpr int kMaxSwept = 1000;
constexpr int kMaxListed = 100000;

std::string EntryName(const CredentialKey& key) { return key.FileName() + kEntrySuffix; }

// Returns the bytes of a file of ours; nullopt for what is no private, regular file. The size is known, and a
// file never changes once it has its name, so one read is enough.
absl::optional<Secret> ReadEntryFile(int folder, const std::string& name) {
  const FileDescriptor file(openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat info;
  if (!file.ok() || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) || !IsPrivate(info) ||
      info.st_size > kMaxEntryBytes) {
    return absl::nullopt;
  }
  std::string data(static_cast<size_t>(info.st_size), '\0');
  if (read(file.get(), &data[0], data.size()) != info.st_size) return absl::nullopt;
  return Secret(std::move(data));
}

// Calls `use` with the names of the first `limit` files in the folder.
void ForEachFile(int folder, int limit, absl::FunctionRef<void(const char*)> use) {
  const std::unique_ptr<DIR, int (*)(DIR*)> list(
      fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), closedir);
  if (list == nullptr) return;
  for (int seen = 0; seen < limit; ++seen) {
    const dirent* const file = readdir(list.get());
    if (file == nullptr) return;
    use(file->d_name);
  }
}

// Writes a new file in `folder` whose modification time is `end`, so that the sweep needs no look inside.
absl::Status WriteTemporary(int folder, const std::string& name, absl::string_view data, absl::Time end) {
  const FileDescriptor file(
      openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
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
  if (name.substr(kFileNameSize) == kStateSuffix) return modified + kStateLifetime < now;
  return name.substr(kFileNameSize) == kEntrySuffix && modified < now;
}

void RemoveEnded(int folder, absl::Time now) {
  ForEachFile(folder, kMaxSwept, [&](const char* name) {
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (S_ISREG(info.st_mode) && HasEnded(name, info, now)) unlinkat(folder, name, 0);
  });
}

}  // namespace

absl::optional<Entry> DiskStore::Find(const CredentialKey& key) {
  if (!folder_.Open().ok()) return absl::nullopt;
  const absl::optional<Secret> data = ReadEntryFile(folder_.fd(), EntryName(key));
  if (!data) return absl::nullopt;
  return ParseEntry(data->Reveal(), key.text());
}

absl::Status DiskStore::Remember(const CredentialKey& key, const Entry& entry, absl::Time now) {
  absl::Status made = folder_.Make();
  if (!made.ok()) return made;
  const std::string name = EntryName(key);
  const std::string temporary =
      absl::StrCat(key.FileName(), ".", RandomHex(kTemporaryRandomBytes), kTemporarySuffix);
  const Secret data(FormatEntry(key.text(), entry));
  absl::Status result = WriteTemporary(folder_.fd(), temporary, data.Reveal(), EndOf(entry));
  if (result.ok() && renameat(folder_.fd(), temporary.c_str(), folder_.fd(), name.c_str()) != 0)
    result = ErrnoError(errno, name);
  if (!result.ok()) {
    unlinkat(folder_.fd(), temporary.c_str(), 0);
    return WithContext(result, folder_.path());
  }
  RemoveEnded(folder_.fd(), now);
  return absl::OkStatus();
}

absl::StatusOr<bool> DiskStore::Forget(const CredentialKey& key) {
  if (!Find(key)) return false;
  const std::string name = EntryName(key);
  if (unlinkat(folder_.fd(), name.c_str(), 0) == 0) return true;
  if (errno == ENOENT) return false;
  return WithContext(ErrnoError(errno, name), folder_.path());
}

std::vector<CredentialKey> DiskStore::List() {
  std::vector<CredentialKey> keys;
  if (!folder_.Open().ok()) return keys;
  ForEachFile(folder_.fd(), kMaxListed, [&](absl::string_view name) {
    if (name.size() != kFileNameSize + std::strlen(kEntrySuffix) || !absl::EndsWith(name, kEntrySuffix))
      return;
    const absl::optional<Secret> data = ReadEntryFile(folder_.fd(), std::string(name));
    const absl::optional<std::string> text = data ? KeyTextOfEntry(data->Reveal()) : absl::nullopt;
    if (text && EntryName(CredentialKey::FromText(*text)) == name)
      keys.push_back(CredentialKey::FromText(*text));
  });
  return keys;
}

}  // namespace credential_provider
