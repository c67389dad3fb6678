// The ExecCredential that a plugin prints.
// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/kubernetes/exec_info.h"

namespace credential_provider {

// Returns the expirationTimestamp to print for a credential that ends at `end`: a minute before, so that no
// request starts with what expires on its way. Nullopt when that is not at least a minute ahead of `now`:
// client-go takes a timestamp in the past as a reason to start the plugin for each request, and to close the
// connection it is opening, so a clock that runs ahead of the issuer's must not produce one. What ends after
// the year 9999 gets that year's end, because clients read no longer years.
absl::optional<absl::Time> ExpirationToPrint(absl::Time end, absl::Time now);

// Returns the `status` object, as JSON in one line. It is the same in every version of the API, and what the
// store keeps. Without `expiration` the client uses the credential until it is refused.
std::string RenderStatus(const Credential& credential, absl::optional<absl::Time> expiration);

// Returns `payload`, as RenderStatus made it, without its expirationTimestamp.
std::string WithoutExpiration(absl::string_view payload);

// Returns the whole answer, a line with its newline, around what RenderStatus made.
std::string RenderExecCredential(ExecApiVersion version, absl::string_view payload);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_H_
