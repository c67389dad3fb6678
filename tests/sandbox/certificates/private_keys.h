// Private keys of every kind that a kubeconfig may hold, made before they are needed.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_PRIVATE_KEYS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_PRIVATE_KEYS_H_

#include <future>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {

// Makes a new P-256 key.
KeyPtr MakeEcKey();

// Tells whether `type` is one of "rsa-pkcs1", "rsa-pkcs8", "ec", "ec-pkcs8", "ed25519".
bool IsKeyType(absl::string_view type);

// Renders `key` as PEM in the form that `type` names.
std::string PemOf(const KeyPtr& key, absl::string_view type);

// Hands out keys in turn. RSA keys take a tenth of a second each, so a few are made in the background from
// the start and used again and again: a mint then costs milliseconds.
class KeyPool {
 public:
  KeyPool();

  // Returns the next key for `type`; never the same twice in a row.
  KeyPtr Next(absl::string_view type);

 private:
  std::vector<std::shared_future<KeyPtr>> rsa_keys_;
  size_t next_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_PRIVATE_KEYS_H_
