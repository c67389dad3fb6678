// Digests and keyed digests.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_DIGEST_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace sandbox {

// In lower-case hexadecimal.
std::string Sha256Hex(absl::string_view data);
std::string HmacSha256Hex(absl::string_view key, absl::string_view data);

// As 20 bytes.
std::string HmacSha1(absl::string_view key, absl::string_view data);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_DIGEST_H_
