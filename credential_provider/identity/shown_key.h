// The parts of a store's key as they may be shown.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_SHOWN_KEY_H_
#define CREDENTIAL_PROVIDER_IDENTITY_SHOWN_KEY_H_

#include <string>
#include <utility>
#include <vector>

#include "credential_provider/store/credential_key.h"

namespace credential_provider {

// Returns name and value of each part of `key`, in its order. What is a hash, and what may hold what a user
// takes for a secret (the arguments of a wrapped plugin), is "(hidden)".
std::vector<std::pair<std::string, std::string>> ShownParts(const CredentialKey& key);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_SHOWN_KEY_H_
