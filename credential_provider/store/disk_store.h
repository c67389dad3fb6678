// Keeps whole entries in a folder that only its owner can read: one file a key.
#ifndef CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "credential_provider/store/entry_store.h"
#include "credential_provider/store/private_folder.h"

namespace credential_provider {

class DiskStore : public EntryStore {
 public:
  // `folder` must outlive the store. With `only_in_memory` nothing is stored in a folder that is on a disk.
  explicit DiskStore(PrivateFolder& folder, bool only_in_memory = false)
      : folder_(folder), only_in_memory_(only_in_memory) {}

  // An entry, or a folder, that is a symlink, belongs to somebody else or is open to others is a miss. Takes
  // no lock: writers rename whole files into place.
  absl::optional<Entry> Find(const CredentialKey& key) override;

  // Removes entries that have expired, too. The folder is made with mode 0700 when it is missing, the file
  // with 0600 from its creation. An error means that what was there is still there.
  absl::Status Remember(const CredentialKey& key, const Entry& entry, absl::Time now) override;

  // A file that is no entry of `key` is left alone.
  absl::StatusOr<bool> Forget(const CredentialKey& key) override;

  std::vector<CredentialKey> List() override;

 private:
  absl::optional<Secret> Read(const std::string& name);

  PrivateFolder& folder_;
  const bool only_in_memory_;
  FileDescriptor last_read_;  // left open: a hit ends before it would have to be closed
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_DISK_STORE_H_
