#include "tests/sandbox/certificates/private_keys.h"

#include <openssl/ec.h>
#include <openssl/pem.h>

#include "absl/strings/match.h"

namespace sandbox {
namespace {

constexpr int kRsaKeys = 2;
constexpr unsigned int kRsaBits = 2048;

KeyPtr Own(EVP_PKEY* key) { return KeyPtr(key, OpensslDeleter()); }

KeyPtr MakeRsaKey() { return Own(EVP_RSA_gen(kRsaBits)); }

}  // namespace

KeyPtr MakeEcKey() { return Own(EVP_EC_gen("P-256")); }

bool IsKeyType(absl::string_view type) {
  for (const char* known : {"rsa-pkcs1", "rsa-pkcs8", "ec", "ec-pkcs8", "ed25519"}) {
    if (type == known) return true;
  }
  return false;
}

std::string PemOf(const KeyPtr& key, absl::string_view type) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (type == "rsa-pkcs1" || type == "ec") {
    PEM_write_bio_PrivateKey_traditional(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  } else {
    PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }
  return TextOf(out.get());
}

KeyPool::KeyPool() {
  for (int i = 0; i < kRsaKeys; ++i) rsa_keys_.push_back(std::async(std::launch::async, MakeRsaKey).share());
}

KeyPtr KeyPool::Next(absl::string_view type) {
  if (type == "ed25519") return Own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (absl::StartsWith(type, "ec")) return MakeEcKey();
  next_ = (next_ + 1) % rsa_keys_.size();
  return rsa_keys_[next_].get();
}

}  // namespace sandbox
