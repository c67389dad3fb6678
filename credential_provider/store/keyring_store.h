// Keeps entries in the kernel's memory: they are in no file, and the kernel forgets each when it has ended.
#ifndef CREDENTIAL_PROVIDER_STORE_KEYRING_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_KEYRING_STORE_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "credential_provider/store/entry_store.h"

namespace credential_provider {

// One key of type "user" for each entry, described as "credential_provider:" and the key's file name. Where
// keyrings are forbidden nothing is found, and Remember says so.
class KeyringStore : public EntryStore {
 public:
  absl::optional<Entry> Find(const CredentialKey& key) override;
  absl::Status Remember(const CredentialKey& key, const Entry& entry, absl::Time now) override;
  absl::StatusOr<bool> Forget(const CredentialKey& key) override;
  std::vector<CredentialKey> List() override;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_KEYRING_STORE_H_
