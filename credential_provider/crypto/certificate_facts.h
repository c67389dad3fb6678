// What a certificate says about itself. Nothing is verified.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_CERTIFICATE_FACTS_H_
#define CREDENTIAL_PROVIDER_CRYPTO_CERTIFICATE_FACTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace credential_provider {

// The first organization and common name of a name; "" for what it has not.
struct CertificateName {
  std::string organization;
  std::string common_name;
  std::string text;  // the whole of it: "O=system:users, CN=alice"; control characters are escaped
};

struct CertificateFacts {
  CertificateName subject;  // to Kubernetes the common name is the user, organizations are groups
  CertificateName issuer;
  absl::Time not_after;
};

// Reads the first certificate in `pem`. InvalidArgument when there is none.
absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem);

// Returns the serial number of the first certificate in `pem` in hex digits, as `openssl x509 -serial` shows
// it; "" when there is none.
std::string SerialOf(absl::string_view pem);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_CERTIFICATE_FACTS_H_
