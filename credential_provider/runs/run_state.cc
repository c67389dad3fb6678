#include "credential_provider/runs/run_state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "credential_provider/base/status_context.h"
#include "credential_provider/store/folder_files.h"

namespace credential_provider {
namespace {

constexpr char kSuffix[] = ".state";
constexpr off_t kIssuanceOffset = 512;
constexpr size_t kFileSize = 2048;
static_assert(sizeof(AnswerLog) <= kIssuanceOffset, "the parts do not overlap");
static_assert(kIssuanceOffset + sizeof(IssueRecord) <= kFileSize, "one read gets both");

// Takes a part of the record out of the file's bytes; leaves `part` empty when it is not there whole.
template <typename Part>
void Take(const char* data, size_t size, size_t offset, uint64_t magic, Part* part) {
  *part = Part();
  if (size >= offset + sizeof(Part)) std::memcpy(part, data + offset, sizeof(Part));
  if (part->magic != magic) *part = Part();
  part->magic = magic;
}

// Opens a file without following a symlink or waiting for anybody.
FileDescriptor OpenRecord(int folder, const std::string& name, int more_flags) {
  const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | more_flags;
  return FileDescriptor(openat(folder, name.c_str(), flags, 0600));
}

// Tells whether the file is a record: by its content, or empty as between its making and the first write.
bool IsRecord(int file) {
  struct stat info;
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) return false;
  uint64_t magic = 0;
  const bool has_magic = pread(file, &magic, sizeof(magic), 0) == sizeof(magic);
  return info.st_size == 0 || (has_magic && (IsServingsMagic(magic) || magic == 0));
}

// Tells whether the name by which the file was opened leads to it no more.
bool IsRemoved(int file) {
  struct stat info;
  return fstat(file, &info) == 0 && info.st_nlink == 0;
}

// Removes the file if it is a record. While another run holds its lock the file stays, emptied: the next run
// would make another, and lock that. So only whose lock is held here is removed, and not one that came under
// its name meanwhile.
void RemoveRecord(int folder, const std::string& name) {
  while (true) {
    const FileDescriptor file = OpenRecord(folder, name, 0);
    if (!file.ok() || !IsRecord(file.get())) return;
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      static_cast<void>(ftruncate(file.get(), 0));
      return;
    }
    if (IsRemoved(file.get())) continue;
    unlinkat(folder, name.c_str(), 0);
    return;
  }
}

}  // namespace

RunState::RunState(std::vector<PrivateFolder*> folders, const CredentialKey& key)
    : folders_(std::move(folders)), name_(key.FileName() + kSuffix) {
  Take(nullptr, 0, 0, kServingsMagic, &servings);
  Take(nullptr, 0, 0, kIssuanceMagic, &issuance);
}

void RunState::Load() {
  char data[kFileSize];
  ssize_t size = 0;
  if (OpenFile(/*make=*/false).ok()) size = pread(file_.get(), data, sizeof(data), 0);
  const size_t known = size > 0 ? static_cast<size_t>(size) : 0;
  Take(data, known, 0, kServingsMagic, &servings);
  Take(data, known, kIssuanceOffset, kIssuanceMagic, &issuance);
}

void RunState::SaveServings() {
  if (!OpenFile(/*make=*/true).ok()) return;
  if (pwrite(file_.get(), &servings, sizeof(servings), 0) < 0) file_ = FileDescriptor();
}

void RunState::SaveIssuance() {
  if (!OpenFile(/*make=*/true).ok()) return;
  if (pwrite(file_.get(), &issuance, sizeof(issuance), kIssuanceOffset) < 0) file_ = FileDescriptor();
}

absl::StatusOr<bool> RunState::TryLock() {
  while (true) {
    absl::Status opened = OpenFile(/*make=*/true);
    if (!opened.ok()) return opened;
    if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return false;
      if (errno != EINTR) return ErrnoError(errno, name_);
      continue;
    }
    struct stat info;
    if (fstat(file_.get(), &info) != 0) return ErrnoError(errno, name_);
    if (info.st_nlink > 0) return true;
    file_ = FileDescriptor();  // it was removed meanwhile: the lock of a file that nobody else can find
  }
}

void RunState::Unlock() {
  if (file_.ok()) flock(file_.get(), LOCK_UN);
}

void RunState::Remove() {
  for (PrivateFolder* folder : folders_) {
    if (folder->Open().ok()) RemoveRecord(folder->fd(), name_);
  }
  file_ = FileDescriptor();
}

// One that is there is taken wherever it is, also when it was put into a later folder because the first one
// was full: a second one would be a second lock.
absl::Status RunState::OpenFile(bool make) {
  if (file_.ok()) return absl::OkStatus();
  absl::Status status = absl::NotFoundError("no folder for it");
  for (const bool making : {false, true}) {
    if (making && !make) break;
    for (PrivateFolder* folder : folders_) {
      status = OpenIn(*folder, making);
      if (status.ok()) return status;
    }
  }
  return status;
}

absl::Status RunState::OpenIn(PrivateFolder& folder, bool make) {
  absl::Status opened = make ? folder.Make() : folder.Open();
  if (!opened.ok()) return opened;
  file_ = OpenRecord(folder.fd(), name_, make ? O_CREAT : 0);
  if (file_.ok()) return absl::OkStatus();
  return WithContext(ErrnoError(errno, name_), folder.path());
}

void RemoveRunStates(PrivateFolder& folder) {
  if (!folder.Open().ok()) return;
  ForEachFile(folder.fd(), kMaxListed, [&](const char* name) {
    if (IsKeyFileName(name, kSuffix)) RemoveRecord(folder.fd(), name);
  });
}

}  // namespace credential_provider
