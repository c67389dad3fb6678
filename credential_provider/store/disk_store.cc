#include "credential_provider/store/disk_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/store/folder_files.h"

namespace credential_provider {
namespace {

constexpr off_t kMaxEntryBytes = 1 << 20;

std::string EntryName(const CredentialKey& key) { return key.FileName() + kEntrySuffix; }

}  // namespace

// Returns the bytes of a file of this program; nullopt for what is no private, regular file. The size is
// known, and a file never changes once it has its name, so one read is enough.
absl::optional<Secret> DiskStore::Read(const std::string& name) {
  last_read_ =
      FileDescriptor(openat(folder_.fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat info;
  if (!last_read_.ok() || fstat(last_read_.get(), &info) != 0 || !S_ISREG(info.st_mode) || !IsPrivate(info) ||
      info.st_size > kMaxEntryBytes) {
    return absl::nullopt;
  }
  std::string data(static_cast<size_t>(info.st_size), '\0');
  if (read(last_read_.get(), &data[0], data.size()) != info.st_size) return absl::nullopt;
  return Secret(std::move(data));
}

absl::optional<Entry> DiskStore::Find(const CredentialKey& key) {
  if (!folder_.Open().ok()) return absl::nullopt;
  const absl::optional<Secret> data = Read(EntryName(key));
  if (!data) return absl::nullopt;
  return ParseEntry(data->Reveal(), key.text());
}

absl::Status DiskStore::Remember(const CredentialKey& key, const Entry& entry, absl::Time now) {
  absl::Status made = folder_.Make();
  if (!made.ok()) return made;
  if (only_in_memory_ && !IsInMemory(folder_.fd()))
    return absl::FailedPreconditionError(absl::StrCat(folder_.path(), ": on a disk, not in memory"));
  const Secret data(FormatEntry(key.text(), entry));
  absl::Status result = PutFile(folder_, EntryName(key), data.Reveal(), EndOf(entry));
  if (result.ok()) RemoveEnded(folder_.fd(), now);
  return result;
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
    if (!IsKeyFileName(name, kEntrySuffix)) return;
    const absl::optional<Secret> data = Read(std::string(name));
    const absl::optional<std::string> text = data ? KeyTextOfEntry(data->Reveal()) : absl::nullopt;
    if (text && EntryName(CredentialKey::FromText(*text)) == name)
      keys.push_back(CredentialKey::FromText(*text));
  });
  return keys;
}

}  // namespace credential_provider
