// SHA-256 (FIPS 180-4) without a library: a cache hit must tell secrets and files apart and check what it
// reads, and OpenSSL would have to be relocated first, which costs more than all else. What is signed uses crypto/.
#ifndef CREDENTIAL_PROVIDER_BASE_SHA256_H_
#define CREDENTIAL_PROVIDER_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

using Sha256Digest = std::array<uint8_t, 32>;

Sha256Digest Sha256(absl::string_view data);

// Returns the digest's first 16 bytes as 32 hex digits: a name for `data` that nobody can make other data
// have. REQUIRES: `data` cannot be guessed, or who sees the name may know it.
std::string Fingerprint(absl::string_view data);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_SHA256_H_
