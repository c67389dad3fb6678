// Issues bearer tokens for ACK clusters that run ack-ram-authenticator: signed here, without a call.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_ACK_TOKEN_ISSUER_H_
#define CREDENTIAL_PROVIDER_ISSUERS_ACK_TOKEN_ISSUER_H_

#include "absl/status/statusor.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/issuers/issuer.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

// The row of the table in registry.h.
extern const IssuerKind kAckTokenIssuer;

// Returns the key under which the token for the cluster of `options` and `identity` is stored.
CredentialKey AckTokenKey(const AckOptions& options, const Identity& identity);

// Makes a token for the cluster of `options`. It ends with the window in which STS takes it, less a margin,
// or with the temporary AccessKey that signed it, whichever is earlier.
absl::StatusOr<Credential> IssueAckToken(const AckOptions& options, const Identity& identity,
                                         const NetworkContext& fetch);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_ACK_TOKEN_ISSUER_H_
