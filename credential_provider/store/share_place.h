// A place in memory that others of the same user id may share: the keyring, or a folder. What is put there is
// worthless alone (split_store.h), and what is found there is believed only after it was checked.
#ifndef CREDENTIAL_PROVIDER_STORE_SHARE_PLACE_H_
#define CREDENTIAL_PROVIDER_STORE_SHARE_PLACE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

// Tells the shares of one place apart. 0 is none.
using ShareId = uint64_t;

class SharePlace {
 public:
  virtual ~SharePlace() = default;

  // Puts a share there until `end`, beside the others, and returns its id. `name` is CredentialKey::FileName;
  // `replaced` the id of the one that the caller is going to remove.
  virtual absl::StatusOr<ShareId> Put(const std::string& name, absl::string_view share, absl::Time end,
                                      absl::Time now, ShareId replaced) = 0;

  // Fills `share`, which has the size of what was put there. Returns false where that cannot be had.
  virtual bool Get(const std::string& name, ShareId id, std::string* share) = 0;

  // Removes a share, if it is there.
  virtual void Remove(const std::string& name, ShareId id) = 0;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_SHARE_PLACE_H_
