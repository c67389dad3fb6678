#include "tests/sandbox/signing/signed_request.h"

#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/sandbox/signing/acs3_signature.h"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {

Signer SignerFor(const std::string& name) {
  return {absl::StrCat("sandbox-", name), absl::StrCat("sandbox-", name, "-secret")};
}

HttpRequest UnsignedRequest(const std::string& method, const std::string& path, const std::string& raw_query,
                            const std::string& action, const std::string& version, absl::Time now) {
  static int count = 0;
  HttpRequest request;
  request.listener = "cloud";
  request.method = method;
  request.path = path;
  request.raw_query = raw_query;
  request.headers = {{"host", "127.0.0.1:8080"},
                     {"x-acs-action", action},
                     {"x-acs-version", version},
                     {"x-acs-date", FormatRfc3339(now)},
                     {"x-acs-signature-nonce", absl::StrCat("nonce-", ++count)},
                     {"x-acs-content-sha256", Sha256Hex("")}};
  return request;
}

void SetHeader(const std::string& name, const std::string& value, HttpRequest* request) {
  for (auto& header : request->headers) {
    if (header.first != name) continue;
    header.second = value;
    return;
  }
  request->headers.emplace_back(name, value);
}

HttpRequest Sign(HttpRequest request, const Signer& signer) {
  if (!signer.security_token.empty()) SetHeader("x-acs-security-token", signer.security_token, &request);
  std::set<std::string> names;
  for (const auto& [name, value] : request.headers) {
    if (name == "host" || name == "content-type" || absl::StartsWith(name, "x-acs-")) names.insert(name);
  }
  const std::vector<std::string> signed_headers(names.begin(), names.end());
  const std::string signature =
      Acs3Signature(signer.secret, StringToSign(CanonicalRequest(request, signed_headers)));
  SetHeader("authorization",
            absl::StrCat("ACS3-HMAC-SHA256 Credential=", signer.access_key_id,
                         ",SignedHeaders=", absl::StrJoin(signed_headers, ";"), ",Signature=", signature),
            &request);
  return request;
}

}  // namespace sandbox
