// The older signature of RPC services, version 1.0 with HMAC-SHA1: some of the official SDKs still sign
// AssumeRole with it.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_RPC_V1_SIGNATURE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_RPC_V1_SIGNATURE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/sandbox/signing/acs3_verifier.h"
#include "tests/sandbox/signing/identities.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/wire/name_values.h"

namespace sandbox {

// Returns the signature of a POST with `parameters`, those of query and form but for Signature itself.
std::string RpcV1Signature(NameValues parameters, absl::string_view secret);

// Returns true when `request` claims to be signed so.
bool IsRpcV1(const HttpRequest& request);

// Verifies `request` at `now`. Nonces are not remembered.
Verdict VerifyRpcV1(const HttpRequest& request, const Identities& identities, absl::Time now);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_RPC_V1_SIGNATURE_H_
