// The authorities that the user has set as the system's: SSL_CERT_FILE and SSL_CERT_DIR, as Go and OpenSSL
// know them.
#ifndef CREDENTIAL_PROVIDER_HTTP_SYSTEM_TRUST_H_
#define CREDENTIAL_PROVIDER_HTTP_SYSTEM_TRUST_H_

#include <string>

#include "absl/status/statusor.h"

namespace credential_provider {

// Both are "" where neither variable is set; at most one is not.
struct SystemTrust {
  std::string file;  // in place of the system's file of authorities; its folder counts too
  std::string pem;   // all that is trusted
};

// SSL_CERT_FILE replaces the system's file, SSL_CERT_DIR, folders separated by colons, its folder. In those
// every file counts, whatever its name. FailedPrecondition, naming the variable, for a file that cannot be
// read or holds no certificate, and for folders that hold none together.
absl::StatusOr<SystemTrust> FindSystemTrust();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_SYSTEM_TRUST_H_
