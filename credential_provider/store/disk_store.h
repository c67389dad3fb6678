// Keeps credentials in a folder that only its owner can read: one file a key.
#ifndef CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"

namespace credential_provider {

class DiskStore {
 public:
  explicit DiskStore(std::string directory) : directory_(std::move(directory)) {}

  // Returns what is stored under `key`, whatever its age. An entry, or a folder, that is a symlink, belongs
  // to somebody else or is open to others is a miss, as is one that is torn or was made for another key.
  // Takes no lock: writers rename whole files into place.
  absl::optional<Entry> Find(const CredentialKey& key) const;

  // Stores `entry` under `key`, in the place of what was there, and removes entries that have ended. The
  // folder is made with mode 0700 when it is missing, the file with 0600 from its creation. An error means
  // that nothing was stored and what was there is still there.
  absl::Status Remember(const CredentialKey& key, const Entry& entry, absl::Time now);

 private:
  absl::Status OpenDirectory(FileDescriptor* directory) const;

  const std::string directory_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_
