// The ExecCredential that another plugin prints, checked as strictly as kubectl would, and a little more.
#ifndef CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_PARSER_H_
#define CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_PARSER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/kubernetes/exec_info.h"

namespace credential_provider {

// Returns the credential in `text`, one JSON object, which must be in the version `asked` for, if that is
// known. Its end is the expirationTimestamp; InfiniteFuture when there is none, or the zero time, which means
// the same. InvalidArgument for what kubectl refuses (another kind or version, no status, half a pair,
// nothing in it), and for what kubectl takes and then fails with: a token that no HTTP header can hold, a
// certificate or key that is no PEM text. Errors quote no value.
absl::StatusOr<Credential> ParseExecCredential(absl::string_view text,
                                               absl::optional<ExecApiVersion> asked = absl::nullopt);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_KUBERNETES_EXEC_CREDENTIAL_PARSER_H_
