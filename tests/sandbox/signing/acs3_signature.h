// Signature V3 (ACS3-HMAC-SHA256) from the side of who checks it: each step computed from the request
// received. Written from the published rules and on purpose not shared with the programs under test.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_SIGNATURE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_SIGNATURE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// The three parts of an Authorization header.
struct Acs3Authorization {
  std::string access_key_id;
  std::vector<std::string> signed_headers;
  std::string signature;
};

// Parses "ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b,Signature=…". Nothing else is accepted: no other
// algorithm, order, blank after a comma, header name out of order, repeated or in upper case.
absl::optional<Acs3Authorization> ParseAcs3Authorization(absl::string_view header);

// Returns the canonical request over `signed_headers`. A header that is not there counts as empty.
std::string CanonicalRequest(const HttpRequest& request, const std::vector<std::string>& signed_headers);

std::string StringToSign(absl::string_view canonical_request);

// Returns the signature in lower-case hexadecimal.
std::string Acs3Signature(absl::string_view secret, absl::string_view string_to_sign);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_SIGNATURE_H_
