// What `get` does when it has to ask: the one way in which a credential of an invocation is issued.
#ifndef CREDENTIAL_PROVIDER_ANSWER_ISSUE_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_ANSWER_ISSUE_CREDENTIAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_store.h"

namespace credential_provider {

// Makes a new credential of `invocation` for `identity`: the part of a run that needs the network. Temporary
// keys on the way are remembered in `store`. `transport` trusts what the invocation says.
absl::StatusOr<Credential> IssueCredential(const Invocation& invocation, const Identity& identity,
                                           const Environment& environment, CredentialStore& store,
                                           HttpTransport& transport);

// Returns a fingerprint of all on this machine that may have been put right since issuing failed: the proof
// of a ProvideRequest.
std::string ProofOf(const Invocation& invocation, const Identity& identity, const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ANSWER_ISSUE_CREDENTIAL_H_
