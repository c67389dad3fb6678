#include "credential_provider/store/folder_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "credential_provider/process/random.h"

namespace credential_provider {
namespace {

constexpr char kStateSuffix[] = ".state";  // of RunState
constexpr char kTemporarySuffix[] = ".tmp";
constexpr absl::string_view kUntilModified[] = {kEntrySuffix, kKeyringPadSuffix, kMemoryPadSuffix,
                                                kShareSuffix};
constexpr size_t kFileNameSize = 16;  // of CredentialKey::FileName
constexpr size_t kRandomBytes = 8;
// A temporary file this old belongs to a process that was killed.
constexpr absl::Duration kTemporaryLifetime = absl::Hours(1);
// A record that no run has written to for so long is of a key that is not used any more.
constexpr absl::Duration kStateLifetime = absl::Hours(24 * 30);
// Bounds the time that one run spends on cleaning up after earlier ones.
constexpr int kMaxSwept = 1000;

// Takes 16 hex digits, and no more, from the front of `name`.
bool TakeHex(absl::string_view* name) {
  if (std::min(name->find_first_not_of("0123456789abcdef"), name->size()) != kFileNameSize) return false;
  name->remove_prefix(kFileNameSize);
  return true;
}

// Returns how the name of a file of this program ends, without what is random in it; "" for others.
absl::string_view SuffixOf(absl::string_view name) {
  if (!TakeHex(&name)) return "";
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, ".") && TakeHex(&rest) && absl::StartsWith(rest, ".")) name = rest;
  return name;
}

absl::Status WriteNew(int folder, const std::string& name, absl::string_view data, absl::Time end) {
  const FileDescriptor file(
      openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.ok()) return ErrnoError(errno, name);
  absl::Status written = WriteAll(file.get(), data, name);
  if (!written.ok()) return written;
  const timespec times[] = {absl::ToTimespec(end), absl::ToTimespec(end)};
  return futimens(file.get(), times) == 0 ? absl::OkStatus() : ErrnoError(errno, name);
}

// The modification time of a temporary file is its making, or already the end of what it holds.
bool HasEnded(int folder, const char* name, absl::Time now) {
  struct stat info;
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode)) return false;
  const absl::string_view suffix = SuffixOf(name);
  const absl::Time modified = WrittenTime(info);
  if (suffix == kStateSuffix) return modified + kStateLifetime < now;
  if (!suffix.empty() && absl::EndsWith(name, kTemporarySuffix)) return modified + kTemporaryLifetime < now;
  return IsOurFileName(name) && modified < now;
}

// Tells whether another file may be put under the same name.
bool IsReplaced(absl::string_view name) {
  return !absl::EndsWith(name, kTemporarySuffix) && SuffixOf(name) != kShareSuffix;
}

// Takes the lock of the record of the key that the file belongs to, which a run holds while it issues and
// until it has put the file there. Returns false while some run does, or may, since the record was removed
// meanwhile; true, too, where there is no record.
bool LockRecord(int folder, absl::string_view name, FileDescriptor* lock) {
  const std::string record = absl::StrCat(name.substr(0, kFileNameSize), kStateSuffix);
  *lock = FileDescriptor(openat(folder, record.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!lock->ok()) return true;
  struct stat info;
  if (flock(lock->get(), LOCK_EX | LOCK_NB) != 0) return errno != EWOULDBLOCK;
  return fstat(lock->get(), &info) == 0 && info.st_nlink > 0;
}

}  // namespace

bool IsKeyFileName(absl::string_view name, absl::string_view suffix) {
  return TakeHex(&name) && name == suffix;
}

bool IsOurFileName(absl::string_view name) {
  absl::string_view suffix = SuffixOf(name);
  absl::ConsumeSuffix(&suffix, kTemporarySuffix);
  return suffix == kStateSuffix ||
         std::find(std::begin(kUntilModified), std::end(kUntilModified), suffix) != std::end(kUntilModified);
}

absl::Status PutFile(const PrivateFolder& folder, const std::string& name, absl::string_view data,
                     absl::Time end) {
  const std::string temporary = absl::StrCat(name.substr(0, kFileNameSize), ".", RandomHex(kRandomBytes),
                                             SuffixOf(name), kTemporarySuffix);
  absl::Status result = WriteNew(folder.fd(), temporary, data, end);
  if (result.ok() && renameat(folder.fd(), temporary.c_str(), folder.fd(), name.c_str()) != 0)
    result = ErrnoError(errno, name);
  if (result.ok()) return result;
  unlinkat(folder.fd(), temporary.c_str(), 0);
  return WithContext(result, folder.path());
}

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

void RemoveEnded(int folder, absl::Time now) {
  ForEachFile(folder, kMaxSwept, [&](const char* name) {
    if (!HasEnded(folder, name, now)) return;
    FileDescriptor lock;
    if (IsReplaced(name) && (!LockRecord(folder, name, &lock) || !HasEnded(folder, name, now))) return;
    unlinkat(folder, name, 0);
  });
}

}  // namespace credential_provider
