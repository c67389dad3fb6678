#include "credential_provider/platform/access_list.h"

#include <sys/acl.h>

namespace credential_provider {
namespace {

bool Has(acl_permset_t permissions, acl_perm_t permission) {
  return acl_get_perm_np(permissions, permission) == 1;
}

// What an entry allows. Whom it names is not looked at: who has put it there meant others than the owner.
void AddEntry(acl_entry_t entry, AccessOfOthers* access) {
  acl_tag_t tag;
  acl_permset_t permissions;
  if (acl_get_tag_type(entry, &tag) != 0 || tag != ACL_EXTENDED_ALLOW) return;
  if (acl_get_permset(entry, &permissions) != 0) return;
  access->read = access->read || Has(permissions, ACL_READ_DATA);
  access->write = access->write || Has(permissions, ACL_WRITE_DATA);
}

}  // namespace

AccessOfOthers ListedAccess(const std::string& path) {
  AccessOfOthers access;
  const acl_t list = acl_get_file(path.c_str(), ACL_TYPE_EXTENDED);
  if (list == nullptr) return access;
  acl_entry_t entry;
  for (int id = ACL_FIRST_ENTRY; acl_get_entry(list, id, &entry) == 0; id = ACL_NEXT_ENTRY)
    AddEntry(entry, &access);
  acl_free(list);
  return access;
}

}  // namespace credential_provider
