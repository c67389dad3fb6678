// Shares in the kernel's keyring of the user: in no file, and the kernel forgets each at its end.
#ifndef CREDENTIAL_PROVIDER_STORE_KEYRING_SHARES_H_
#define CREDENTIAL_PROVIDER_STORE_KEYRING_SHARES_H_

#include <string>

#include "credential_provider/store/share_place.h"

namespace credential_provider {

// One key of type "user" for each share, described as "credential_provider:", the name, ":" and random
// digits; its id is the key's serial number.
class KeyringShares : public SharePlace {
 public:
  // Refuses what would take more than half of the user's quota of keys: others need it too, such as Kerberos.
  absl::StatusOr<ShareId> Put(const std::string& name, absl::string_view share, absl::Time end,
                              absl::Time now, ShareId replaced) override;
  bool Get(const std::string& name, ShareId id, std::string* share) override;
  void Remove(const std::string& name, ShareId id) override;
};

// Removes every key that this program, or an earlier version of it, has put into the keyring. Returns how
// many whole credentials were among them: version 0.1.0 kept those.
int RemoveAllKeys();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_KEYRING_SHARES_H_
