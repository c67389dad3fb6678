// Checks a client certificate and its key before anybody relies on them.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_CLIENT_CERTIFICATE_H_
#define CREDENTIAL_PROVIDER_CRYPTO_CLIENT_CERTIFICATE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

struct CertificateDates {
  absl::Time not_before;
  absl::Time not_after;
};

// Returns the dates of the first certificate in `certificate_pem`, after checking that it can be read, that
// `key_pem` can (PKCS#1, PKCS#8 or SEC1; an encrypted key cannot), and that the two belong together.
absl::StatusOr<CertificateDates> CheckClientCertificate(absl::string_view certificate_pem,
                                                        const Secret& key_pem);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_CLIENT_CERTIFICATE_H_
