// The store as a whole: which of the places is used, and where an entry is.
#ifndef CREDENTIAL_PROVIDER_STORE_CREDENTIAL_STORE_H_
#define CREDENTIAL_PROVIDER_STORE_CREDENTIAL_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/platform/store_places.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "credential_provider/store/entry_store.h"
#include "credential_provider/store/private_folder.h"
#include "credential_provider/store/share_place.h"
#include "credential_provider/store/store_kind.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {

// Where an entry was put, and why not in a better place.
struct Placement {
  StoreKind kind = StoreKind::kNone;
  std::string passed_over;  // "keyring: Operation not permitted"; "" when the first place was taken
};

struct StoredKey {
  CredentialKey key;
  StoreKind kind;
};

class CredentialStore {
 public:
  // Nothing is opened or made before it is needed. In a CI job that has a folder of its own, "auto" means
  // that folder, and memory for the other shares.
  // `places` are those of this system, or what a test has in their stead.
  CredentialStore(const StoreOptions& options, const Environment& environment,
                  const StorePlaces& places = PlacesOfThisSystem());

  // As EntryStore::Find, in `first` and then in the other places of this store.
  absl::optional<Entry> Find(const CredentialKey& key, StoreKind first = StoreKind::kNone);

  // Puts the entry into the first place that takes it, and removes older ones from the others. An error says
  // why each place failed; what was stored is still there then. OK with kNone when the user wants no store.
  absl::StatusOr<Placement> Remember(const CredentialKey& key, const Entry& entry, absl::Time now);

  // Says where an entry of the usual size would be put, and why not in a better place, by putting one there
  // for a moment. As Remember otherwise.
  absl::StatusOr<Placement> Try(absl::Time now);

  // Removes the entries of `key` from all places. Returns whether there was one.
  absl::StatusOr<bool> Forget(const CredentialKey& key);

  // Removes what List does not show, because no private folder tells of it: keys in the keyring that an
  // earlier version or a killed run has left. Returns how many whole credentials were among them.
  int ForgetStrays();

  std::vector<StoredKey> List();

  // The folders in which runs leave word for each other, the preferred one first; none when the user wants no
  // store. They live as long as this object.
  const std::vector<PrivateFolder*>& state_folders() const { return state_folders_; }

  // The one of those that is on disk; null when the user wants no store, and in a CI job with a folder of its
  // own, which is removed with all that is in it.
  PrivateFolder* disk_folder() const { return disk_folder_; }

 private:
  struct Place {
    StoreKind kind;
    std::unique_ptr<EntryStore> store;  // null where it cannot be
    absl::Status unavailable;           // why it is null
  };

  PrivateFolder* AddFolder(const absl::StatusOr<std::string>& path, PrivateFolder::Medium medium);
  void AddShares(StoreKind kind, std::unique_ptr<SharePlace> place);
  void AddMissing(StoreKind kind);
  void AddWhole(StoreKind kind, PrivateFolder* folder, const absl::Status& unavailable, bool only_in_memory);
  void KeepOnly(StoreKind kind);

  std::string job_folder_;  // "" outside of CI
  std::vector<std::unique_ptr<PrivateFolder>> folders_;
  std::vector<PrivateFolder*> state_folders_;
  PrivateFolder* disk_folder_ = nullptr;
  std::vector<std::unique_ptr<SharePlace>> shares_;
  std::vector<Place> places_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_CREDENTIAL_STORE_H_
