// Issues client certificates of ACK clusters.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_ACK_ISSUER_H_
#define CREDENTIAL_PROVIDER_ISSUERS_ACK_ISSUER_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/alibaba_cloud/user_kubeconfig.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/issuers/issuer.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

// The row of the table in registry.h.
extern const IssuerKind kAckIssuer;

// Returns the key under which the certificate of `options` for `identity` is stored.
CredentialKey AckCredentialKey(const AckOptions& options, const Identity& identity);

// Asks ACK for a new certificate and checks it: it belongs to its key, and the time is within its dates, give
// or take the 15 minutes by which ACK lets clocks differ, and it has not expired by the server's own. `fetch`
// is for the key of `identity`; its clock, which `client` should share, says what the time is, and when it
// was corrected the credential's end is given by the uncorrected one.
absl::StatusOr<Credential> IssueAckCredential(const AckOptions& options, const Identity& identity,
                                              const NetworkContext& fetch, AcsClient& client);

// Returns the credential inside `kubeconfig` after the checks above. It ends with the certificate or at the
// reply's expiration, whichever is earlier.
absl::StatusOr<Credential> CheckedCredential(UserKubeconfig kubeconfig, Clock& clock);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_ACK_ISSUER_H_
