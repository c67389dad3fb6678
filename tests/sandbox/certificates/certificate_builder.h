// Builds and reads single X.509 certificates.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_BUILDER_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_BUILDER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {

// What to write into a certificate.
struct CertificateFields {
  long serial = 1;
  std::vector<std::pair<const char*, std::string>> subject;  // short name ("CN") and value, in order
  std::vector<std::pair<int, const char*>> extensions;       // NID and OpenSSL's text form
  absl::Time not_before;
  absl::Time not_after;
};

// Signs a certificate for the public half of `subject_key`; without `issuer` it is self-signed.
X509Ptr BuildCertificate(const CertificateFields& fields, const KeyPtr& subject_key, const X509* issuer,
                         const KeyPtr& issuer_key);

// Returns the value of the subject's field `nid`, or "".
std::string SubjectField(const X509* certificate, int nid);
// Returns the serial number.
long SerialOf(const X509* certificate);
// Tells whether `now` lies within the certificate's dates.
bool IsWithinDates(const X509* certificate, absl::Time now);
// Parses DER; null when it is not a certificate.
X509Ptr ParseDer(absl::string_view der);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_BUILDER_H_
