// The places where credentials can be kept, as the user names them.
#ifndef CREDENTIAL_PROVIDER_STORE_STORE_KIND_H_
#define CREDENTIAL_PROVIDER_STORE_STORE_KIND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// The numbers of the places are kept in files.
enum class StoreKind {
  kNone = 0,     // nowhere
  kKeyring = 1,  // the kernel's memory, but for a share in a private file
  kRuntime = 2,  // a private file in $XDG_RUNTIME_DIR, in memory too, or in a folder of the system's
  kDisk = 3,     // a private file in the cache folder
  kAuto = 4,     // the first of keyring, runtime, memory and disk that works
  kMemory = 5,   // a file in shared memory, but for a share in a private file
};

// Returns "none", "keyring", "runtime", "memory", "disk" or "auto".
absl::string_view StoreKindName(StoreKind kind);

// The inverse of the above; InvalidArgument for anything else.
absl::StatusOr<StoreKind> ParseStoreKind(absl::string_view name);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_STORE_KIND_H_
