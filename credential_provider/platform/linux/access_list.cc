#include "credential_provider/platform/access_list.h"

#include <endian.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

namespace credential_provider {
namespace {

constexpr char kAttribute[] = "system.posix_acl_access";
constexpr uint32_t kVersion = 2;
constexpr uint16_t kUser = 0x02, kGroup = 0x08, kMask = 0x10;  // tags; the others stand for the mode's bits
constexpr uint16_t kRead = 4, kWrite = 2;
constexpr size_t kMaxEntries = 1000;

// As the kernel keeps it, in little-endian order.
struct Entry {
  uint16_t tag;
  uint16_t permissions;
  uint32_t id;
};

struct List {
  uint32_t version;
  Entry entries[kMaxEntries];
};

bool IsOther(const Entry& entry) {
  const uint32_t id = le32toh(entry.id);
  return le16toh(entry.tag) == kGroup || (le16toh(entry.tag) == kUser && id != 0 && id != geteuid());
}

}  // namespace

AccessOfOthers ListedAccess(const std::string& path) {
  List list;
  const ssize_t size = getxattr(path.c_str(), kAttribute, &list, sizeof(list));
  if (size < static_cast<ssize_t>(sizeof(list.version)) || le32toh(list.version) != kVersion) return {};
  const size_t count = (static_cast<size_t>(size) - sizeof(list.version)) / sizeof(Entry);
  uint16_t mask = kRead | kWrite, granted = 0;
  for (size_t i = 0; i < count; ++i) {
    const Entry& entry = list.entries[i];
    if (le16toh(entry.tag) == kMask) mask = le16toh(entry.permissions);
    if (IsOther(entry)) granted |= le16toh(entry.permissions);
  }
  return {(granted & mask & kRead) != 0, (granted & mask & kWrite) != 0};
}

}  // namespace credential_provider
