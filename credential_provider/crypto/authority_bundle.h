// Certificate authorities of a PEM text, each parsed only when a chain asks for it. A machine's file has some
// 140 of them and a chain needs one; to parse them all takes longer than the rest of a request.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_AUTHORITY_BUNDLE_H_
#define CREDENTIAL_PROVIDER_CRYPTO_AUTHORITY_BUNDLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace credential_provider {

class AuthorityBundle {
 public:
  // Tells whether there is nothing in `pem` but plain certificates. OpenSSL also knows some with settings,
  // such as BEGIN TRUSTED CERTIFICATE: a text with those is to be read by OpenSSL as a whole.
  static bool CanRead(absl::string_view pem);

  // What of `pem` is torn is no authority.
  explicit AuthorityBundle(absl::string_view pem);

  // Makes `ssl_ctx`, OpenSSL's SSL_CTX, trust these beside what it trusts already. Must outlive it. Internal
  // when there is no memory.
  absl::Status TrustIn(void* ssl_ctx) const;

  // Returns, in DER, those whose subject may be `name_der`, an X.509 name: surely all that OpenSSL takes for
  // equal, and others that differ in punctuation only.
  std::vector<absl::string_view> Named(absl::string_view name_der) const;

 private:
  std::vector<std::string> authorities_;  // in DER
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_AUTHORITY_BUNDLE_H_
