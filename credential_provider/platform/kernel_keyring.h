// Keys in the kernel's memory, in the keyring that all processes of this user share, those in other
// containers too. Linux: keyrings(7), keyctl(2), by system calls alone. macOS has none (StorePlaces says so),
// and there each of these fails: its Keychain is on disk, and may ask the user.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_KERNEL_KEYRING_H_
#define CREDENTIAL_PROVIDER_PLATFORM_KERNEL_KEYRING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

using KeySerial = int32_t;

// Tells whether a process may use keyrings without being killed for it by a seccomp filter, which is found
// out by a child process where there is a filter. To be asked before anything but ReadUserKey, which a hit
// cannot pay it for.
absl::Status CheckKeyringsCanBeTried();

// Fills `payload` with that of a key. Returns false when it cannot be read, or is of another size.
bool ReadUserKey(KeySerial key, std::string* payload);

// Puts a key that this user alone can read into the keyring and returns its number; the kernel forgets it
// after `lifetime`. It is made whole in the process's own keyring and then linked into the user's. An error
// means that the keyring is as it was: PermissionDenied where keyrings are forbidden, ResourceExhausted over
// quota. REQUIRES: `description` is new.
absl::StatusOr<KeySerial> PutUserKey(const std::string& description, absl::string_view payload,
                                     absl::Duration lifetime);

// Takes a key out of the user's keyring.
absl::Status RemoveUserKey(KeySerial key);

// Returns the description of a key of type "user"; "" when there is none.
std::string DescriptionOfUserKey(KeySerial key);

// Returns the size of a key's payload; 0 when it cannot be read.
size_t SizeOfUserKey(KeySerial key);

struct UserKey {
  KeySerial serial;
  std::string description;
};

// Returns the keys of type "user" in the user's keyring; none where keyrings are forbidden.
std::vector<UserKey> ListUserKeys();

// What all keys of the user may take together.
struct KeyQuota {
  size_t keys;
  size_t bytes;
};

// Returns this user's; the kernel's usual one where it does not say.
KeyQuota QuotaOfUser();

// Returns what the kernel counts for one key in the keyring.
size_t QuotaCharge(size_t description_size, size_t payload_size);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_KERNEL_KEYRING_H_
