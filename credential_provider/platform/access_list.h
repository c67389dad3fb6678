// Access lists of files, beyond their modes. Linux: system.posix_acl_access of xattr(7). macOS: acl(3).
#ifndef CREDENTIAL_PROVIDER_PLATFORM_ACCESS_LIST_H_
#define CREDENTIAL_PROVIDER_PLATFORM_ACCESS_LIST_H_

#include <string>

namespace credential_provider {

struct AccessOfOthers {
  bool read = false;
  bool write = false;
};

// Returns what the access list of what `path` leads to lets users and groups do that it names, beside root
// and this user; nothing where it has no list.
AccessOfOthers ListedAccess(const std::string& path);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_ACCESS_LIST_H_
