// What kubectl gets: a client certificate with its key, or a token, and when it ends.
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_CREDENTIAL_H_

#include <string>

#include "absl/time/time.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// `token` or both PEM texts are set. Our own issuers never set all three: some clients drop the certificate
// when there is a token, others the token.
struct Credential {
  Secret token;
  std::string certificate_pem;
  Secret key_pem;
  absl::Time expires;  // the true end, by whichever authority ends it first; InfiniteFuture when none says
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_CREDENTIAL_H_
