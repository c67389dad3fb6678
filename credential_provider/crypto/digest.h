// SHA-256 and HMAC-SHA256, in lower-case hex.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_DIGEST_H_
#define CREDENTIAL_PROVIDER_CRYPTO_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

std::string Sha256Hex(absl::string_view data);
std::string HmacSha256Hex(absl::string_view key, absl::string_view data);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_DIGEST_H_
