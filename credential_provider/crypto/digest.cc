#include "credential_provider/crypto/digest.h"

#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "credential_provider/base/relocation.h"

namespace credential_provider {
namespace {

const unsigned char* Bytes(absl::string_view data) {
  return reinterpret_cast<const unsigned char*>(data.data());
}

std::string Hex(const unsigned char* digest) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), SHA256_DIGEST_LENGTH));
}

}  // namespace

std::string Sha256Hex(absl::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  RelocateDeferred();
  SHA256(Bytes(data), data.size(), digest);
  return Hex(digest);
}

std::string HmacSha256Hex(absl::string_view key, absl::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  unsigned int size = sizeof(digest);
  RelocateDeferred();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(data), data.size(), digest, &size);
  return Hex(digest);
}

}  // namespace credential_provider
