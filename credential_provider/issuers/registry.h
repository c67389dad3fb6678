// The kinds of credential there are: one table, which the parser, the help and kubeconfig_writer read.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_
#define CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

struct IssuerKind {
  const char* name;     // what follows `get`: "ack"
  const char* summary;  // one line for help: lower case, no final period
  // The key under which what `issue` makes is stored.
  CredentialKey (*key)(const AckOptions& options, const Identity& identity);
  // Makes a new credential; may take seconds and use the network.
  absl::StatusOr<Credential> (*issue)(const AckOptions& options, const Identity& identity,
                                      const KeyFetch& fetch);
};

// The first is the default.
absl::Span<const IssuerKind> IssuerKinds();

// Returns the kind called `name`, null when there is none.
const IssuerKind* FindIssuerKind(absl::string_view name);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_
