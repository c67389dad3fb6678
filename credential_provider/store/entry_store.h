// A place where entries are kept: the kernel's keyring, or a folder.
#ifndef CREDENTIAL_PROVIDER_STORE_ENTRY_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_ENTRY_STORE_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

class EntryStore {
 public:
  virtual ~EntryStore() = default;

  // Returns what is stored under `key`, whatever its age. What is torn, foreign, unreadable or made for
  // another key is a miss. Never waits for another process.
  virtual absl::optional<Entry> Find(const CredentialKey& key) = 0;

  // Stores `entry` under `key`, instead of what was there: a reader sees the old one or the new one. An
  // error means that nothing was stored.
  virtual absl::Status Remember(const CredentialKey& key, const Entry& entry, absl::Time now) = 0;

  // Removes the entry of `key`. Returns whether there was one.
  virtual absl::StatusOr<bool> Forget(const CredentialKey& key) = 0;

  // Returns the keys of the entries that are here and whole.
  virtual std::vector<CredentialKey> List() = 0;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_ENTRY_STORE_H_
