// Paths that an upgrade takes away.
#ifndef CREDENTIAL_PROVIDER_PROCESS_VERSIONED_PATH_H_
#define CREDENTIAL_PROVIDER_PROCESS_VERSIONED_PATH_H_

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns true when a part of `path` is a version ("0.1.0", "v0.1.0-rc.1"), ends with one after a '-', '_'
// or '@'
// ("credential_provider-0.1.0-linux-amd64"), or is a package of Nix' store, whose name is a hash of what is
// in it.
bool NamesVersion(absl::string_view path);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_VERSIONED_PATH_H_
