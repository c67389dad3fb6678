// Why no answer came, for callers that know more about the server than the transport does.
#ifndef CREDENTIAL_PROVIDER_HTTP_NETWORK_FAILURE_H_
#define CREDENTIAL_PROVIDER_HTTP_NETWORK_FAILURE_H_

#include "absl/status/status.h"

namespace credential_provider {

enum class NetworkFailure {
  kOther,        // none of those below; also the answer for a Status that no transport made
  kProxy,        // the proxy cannot be reached, or does not let the request through
  kName,         // the host's name is not known
  kRefused,      // the host answers, and nothing listens at the port; or there is no way to it
  kTimeout,      // nothing came in time
  kAuthority,    // TLS: no trusted authority signed the server's certificate
  kServerName,   // TLS: the certificate is for another name
  kServerDates,  // TLS: the certificate has expired, or is not valid yet
  kTls,          // TLS: no common version or cipher, or an answer that is not TLS
  kBroken,       // the connection ended early
};

// Returns `status` with `failure`, which travels with it through WithContext. OK stays OK.
absl::Status WithNetworkFailure(absl::Status status, NetworkFailure failure);

NetworkFailure NetworkFailureOf(const absl::Status& status);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_NETWORK_FAILURE_H_
