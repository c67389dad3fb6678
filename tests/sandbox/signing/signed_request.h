// Requests as a client would sign them, for this folder's tests.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_SIGNED_REQUEST_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_SIGNED_REQUEST_H_

#include <string>

#include "absl/time/time.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

constexpr char kCsVersion[] = "2015-12-15";
constexpr char kStsVersion[] = "2015-04-01";

// A caller's keys.
struct Signer {
  std::string access_key_id = "sandbox-alice";
  std::string secret = "sandbox-alice-secret";
  std::string security_token = "";
};

// The signer whose key is "sandbox-NAME".
Signer SignerFor(const std::string& name);

// A request with every header but the signature. Each has a nonce of its own.
HttpRequest UnsignedRequest(const std::string& method, const std::string& path, const std::string& raw_query,
                            const std::string& action, const std::string& version, absl::Time now);

// Replaces the header `name`, or adds it.
void SetHeader(const std::string& name, const std::string& value, HttpRequest* request);

// Adds the security token if there is one, and the signature over host, content-type and every x-acs-*
// header.
HttpRequest Sign(HttpRequest request, const Signer& signer = Signer());

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_SIGNED_REQUEST_H_
