#include "credential_provider/store/memory_shares.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "credential_provider/process/random.h"
#include "credential_provider/store/folder_files.h"

namespace credential_provider {
namespace {

std::string FileOf(const std::string& name, ShareId id) {
  return absl::StrCat(name, ".", absl::Hex(id, absl::kZeroPad16), kShareSuffix);
}

ShareId RandomId() {
  ShareId id;
  std::memcpy(&id, RandomBytes(sizeof(id)).data(), sizeof(id));
  return id;
}

}  // namespace

absl::StatusOr<ShareId> MemoryShares::Put(const std::string& name, absl::string_view share, absl::Time end,
                                          absl::Time now, ShareId) {
  absl::Status made = folder_.Make();
  if (!made.ok()) return made;
  const ShareId id = RandomId();
  absl::Status put = PutFile(folder_, FileOf(name, id), share, end);
  if (!put.ok()) return put;
  RemoveEnded(folder_.fd(), now);
  return id;
}

bool MemoryShares::Get(const std::string& name, ShareId id, std::string* share) {
  const std::string path = absl::StrCat(folder_.path(), "/", FileOf(name, id));
  last_read_ = FileDescriptor(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return last_read_.ok() &&
         read(last_read_.get(), &(*share)[0], share->size()) == static_cast<ssize_t>(share->size());
}

void MemoryShares::Remove(const std::string& name, ShareId id) {
  if (folder_.Open().ok()) unlinkat(folder_.fd(), FileOf(name, id).c_str(), 0);
}

}  // namespace credential_provider
