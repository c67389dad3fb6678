#include "credential_provider/ledger/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

// What two writers who found it almost full may add, and more.
constexpr int64_t kMostReadBytes = 4 * kMostLedgerBytes;

absl::StatusOr<FileDescriptor> Open(const PrivateFolder& folder, const char* name, int flags,
                                    struct stat* info) {
  FileDescriptor file(
      openat(folder.fd(), name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
  if (!file.ok() || fstat(file.get(), info) != 0) return ErrnoError(errno, name);
  if (!S_ISREG(info->st_mode) || !IsPrivate(*info))
    return WithContext(absl::PermissionDeniedError("not a private file"), name);
  return file;
}

absl::StatusOr<FileDescriptor> OpenToAppend(const PrivateFolder& folder, struct stat* info) {
  return Open(folder, kLedgerFile, O_WRONLY | O_APPEND | O_CREAT, info);
}

// Makes the full file the older one. Of several processes the one that has its lock does so, if nobody has
// since; the others append to what they have.
bool PutAside(const PrivateFolder& folder, const FileDescriptor& file, const struct stat& info) {
  struct stat there;
  return flock(file.get(), LOCK_EX | LOCK_NB) == 0 &&
         fstatat(folder.fd(), kLedgerFile, &there, AT_SYMLINK_NOFOLLOW) == 0 && there.st_ino == info.st_ino &&
         there.st_dev == info.st_dev &&
         renameat(folder.fd(), kLedgerFile, folder.fd(), kOlderLedgerFile) == 0;
}

void ReadInto(const PrivateFolder& folder, const char* name, std::vector<LedgerRecord>* records) {
  struct stat info;
  const absl::StatusOr<FileDescriptor> file = Open(folder, name, O_RDONLY, &info);
  if (!file.ok()) return;
  const absl::StatusOr<std::string> text = ReadAll(file->get(), kMostReadBytes, name);
  if (!text.ok()) return;
  for (const absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    absl::optional<LedgerRecord> record = ParseLedgerLine(line);
    if (record) records->push_back(*std::move(record));
  }
}

}  // namespace

absl::Status AppendToLedger(PrivateFolder& folder, const LedgerRecord& record) {
  absl::Status made = folder.Make();
  if (!made.ok()) return made;
  const std::string line = FormatLedgerLine(record);
  struct stat info;
  absl::StatusOr<FileDescriptor> file = OpenToAppend(folder, &info);
  if (file.ok() && info.st_size + static_cast<int64_t>(line.size()) > kMostLedgerBytes &&
      PutAside(folder, *file, info))
    file = OpenToAppend(folder, &info);
  if (!file.ok()) return file.status();
  return WriteAll(file->get(), line, kLedgerFile);
}

std::vector<LedgerRecord> ReadLedger(PrivateFolder& folder) {
  std::vector<LedgerRecord> records;
  if (!folder.Open().ok()) return records;
  ReadInto(folder, kOlderLedgerFile, &records);
  ReadInto(folder, kLedgerFile, &records);
  return records;
}

int RemoveLedger(PrivateFolder& folder) {
  const int count = static_cast<int>(ReadLedger(folder).size());
  if (!folder.is_open()) return 0;
  for (const char* const name : {kOlderLedgerFile, kLedgerFile}) unlinkat(folder.fd(), name, 0);
  return count;
}

}  // namespace credential_provider
