// Keys in the kernel's memory, in the keyring that all processes of this user share. See keyrings(7). The
// system calls are made directly: no library is needed for them.
#ifndef CREDENTIAL_PROVIDER_STORE_KERNEL_KEYRING_H_
#define CREDENTIAL_PROVIDER_STORE_KERNEL_KEYRING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

using KeySerial = int32_t;

// Finds the key of type "user" with this description. NotFound when there is none, or its time is over.
absl::StatusOr<KeySerial> FindUserKey(const std::string& description);

// Returns the payload of a key.
absl::StatusOr<Secret> ReadUserKey(KeySerial key);

// Puts a key that this user alone can read into the keyring; the kernel forgets it after `lifetime`. It is
// made whole in the process's own keyring and then linked into the user's, which puts it in the place of one
// with the same description at once: readers see the old one or the new one. An error means that the old one
// is as it was: PermissionDenied where keyrings are forbidden, ResourceExhausted over quota.
absl::Status PutUserKey(const std::string& description, const Secret& payload, absl::Duration lifetime);

// Takes a key out of the user's keyring.
absl::Status RemoveUserKey(KeySerial key);

struct UserKey {
  KeySerial serial;
  std::string description;
};

// Returns the keys of type "user" in the user's keyring; none where keyrings are forbidden.
std::vector<UserKey> ListUserKeys();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_KERNEL_KEYRING_H_
