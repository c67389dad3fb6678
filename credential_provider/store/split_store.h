// Keeps each entry as two shares. One is random: the pad, in a file of mode 0600 in a private folder, with
// the entry's digest. The other is the entry XOR the pad, in a place in memory. Either alone tells nothing
// but the entry's size. So who cannot read the private folder can neither read an entry nor, because of the
// digest, put in another or an older one: whatever is done to the share in memory is a miss.
#ifndef CREDENTIAL_PROVIDER_STORE_SPLIT_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_SPLIT_STORE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/secret.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "credential_provider/store/entry_store.h"
#include "credential_provider/store/private_folder.h"
#include "credential_provider/store/share_place.h"

namespace credential_provider {

class SplitStore : public EntryStore {
 public:
  // `folders`, for the pads, the preferred one first, and `place` must outlive the store. `suffix` ends the
  // names of the pads' files.
  SplitStore(std::vector<PrivateFolder*> folders, SharePlace& place, const char* suffix)
      : folders_(std::move(folders)), place_(place), suffix_(suffix) {}

  absl::optional<Entry> Find(const CredentialKey& key) override;

  // Switches from the old pad to the new one by a rename, while both shares are there: a reader sees the old
  // entry or the new one.
  absl::Status Remember(const CredentialKey& key, const Entry& entry, absl::Time now) override;

  // A pad whose share is gone is removed, too; that of another key is left alone.
  absl::StatusOr<bool> Forget(const CredentialKey& key) override;

  std::vector<CredentialKey> List() override;

 private:
  // In front of a pad in its file.
  struct Header {
    uint64_t magic;
    uint64_t host;  // HostTag of the machine, or container, that has the share
    int64_t end_s;  // when the entry has expired, since 1970
    ShareId id;
    Sha256Digest digest;  // of the whole entry, which has the key's text in it
  };
  struct Pad {
    Header header;
    Secret bytes;
  };
  struct Kept {
    PrivateFolder* folder;
    std::string name;
    Pad pad;
  };

  // A home may be shared with other machines, or containers, that do not share the memory. Whose share is
  // beside a pad of theirs has a file of its own.
  std::string UsualName(const std::string& key_name) const { return key_name + suffix_; }
  std::string NameOfThisHost(const std::string& key_name) const;

  absl::optional<Pad> ReadPad(const PrivateFolder& folder, const std::string& name);
  absl::optional<Secret> Join(const std::string& key_name, const Pad& pad);
  absl::optional<Secret> ReadEntry(const PrivateFolder& folder, const std::string& name);
  std::vector<Kept> FindPads(const std::string& key_name);
  bool IsOfAnotherHost(const std::string& key_name, const Pad& pad, absl::Time now);
  absl::StatusOr<PrivateFolder*> WritePad(const std::string& name, const Pad& pad, absl::Time end);

  const std::vector<PrivateFolder*> folders_;
  SharePlace& place_;
  const char* const suffix_;
  FileDescriptor last_read_;  // left open: a hit ends before it would have to be closed
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_SPLIT_STORE_H_
