// ACS3-HMAC-SHA256, "signature V3" of Alibaba Cloud's OpenAPI: a pure function of the request and the key.
// https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
#ifndef CREDENTIAL_PROVIDER_CRYPTO_ACS3_SIGNATURE_H_
#define CREDENTIAL_PROVIDER_CRYPTO_ACS3_SIGNATURE_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// What is signed. Header names are lower case; all of `headers` are signed, so it holds `host`,
// `content-type` if sent, and every `x-acs-*` header, `x-acs-content-sha256` among them.
struct Acs3Request {
  std::string method;                          // upper case
  std::string path;                            // as on the wire: each segment percent-encoded once
  std::map<std::string, std::string> query;    // decoded names and values
  std::map<std::string, std::string> headers;  // values as sent
};

// The steps of the protocol, in its order.
struct Acs3Signature {
  std::string canonical_query;  // also what goes on the wire after '?'
  std::string signed_headers;
  std::string canonical_request;
  std::string string_to_sign;
  std::string signature;      // hex
  std::string authorization;  // the value of the Authorization header
};

Acs3Signature SignAcs3(const Acs3Request& request, absl::string_view access_key_id,
                       const Secret& access_key_secret);

// Percent-encodes all but A-Z a-z 0-9 - _ . ~ (RFC 3986's unreserved characters).
std::string PercentEncode(absl::string_view text);

// Returns the query in canonical form: sorted by name, encoded, a name without a value keeps its '='.
std::string CanonicalQuery(const std::map<std::string, std::string>& query);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_ACS3_SIGNATURE_H_
