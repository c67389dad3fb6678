// The kinds of credential there are: one table, from which the programs make commands, help and completion.
#ifndef CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_
#define CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/issuers/issuer.h"

namespace credential_provider {

// The first is the default.
absl::Span<const IssuerKind* const> IssuerKinds();

// Returns the kind called `name`, null when there is none.
const IssuerKind* FindIssuerKind(absl::string_view name);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ISSUERS_REGISTRY_H_
