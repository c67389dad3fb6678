#include "tests/sandbox/signing/acs3_verifier.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/signing/digest.h"

namespace sandbox {
namespace {

constexpr absl::Duration kDateWindow = absl::Minutes(15);

Verdict Refuse(absl::string_view code, absl::string_view message = "") {
  return {absl::nullopt, {std::string(code), std::string(message)}};
}

bool IsSigned(const Acs3Authorization& authorization, absl::string_view name) {
  return std::binary_search(authorization.signed_headers.begin(), authorization.signed_headers.end(), name);
}

std::vector<std::string> RequiredHeaders(SigningRules rules) {
  std::vector<std::string> names = {"x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-version"};
  if (rules == SigningRules::kOnce) names.insert(names.end(), {"host", "x-acs-signature-nonce"});
  return names;
}

bool MustBeSigned(absl::string_view name, SigningRules rules) {
  return absl::StartsWith(name, "x-acs-") || name == "content-type" ||
         (name == "host" && rules == SigningRules::kOnce);
}

// Returns what is wrong with the set of headers sent and signed, or "".
std::string HeaderFault(const HttpRequest& request, const Acs3Authorization& authorization,
                        SigningRules rules) {
  for (const std::string& name : RequiredHeaders(rules)) {
    if (request.Header(name).empty()) return absl::StrCat("header ", name, " is missing");
  }
  for (const auto& [name, value] : request.headers) {
    if (!MustBeSigned(name, rules)) continue;
    if (request.HeaderCount(name) != 1) return absl::StrCat("header ", name, " is sent more than once");
    if (!IsSigned(authorization, name)) return absl::StrCat("header ", name, " is not signed");
  }
  for (const std::string& name : authorization.signed_headers) {
    if (request.HeaderCount(name) != 1) return absl::StrCat("signed header ", name, " is not sent once");
  }
  if (!request.body.empty() && request.Header("content-type").empty()) return "a body has no content-type";
  return "";
}

// Returns the code that says what is wrong with the date, or "".
absl::string_view DateFault(absl::string_view date, absl::Time now) {
  absl::Time sent;
  if (date.size() != 20 || !absl::ParseTime("%Y-%m-%d%ET%H:%M:%SZ", date, &sent, nullptr))
    return "IncompleteSignature";
  return absl::AbsDuration(now - sent) > kDateWindow ? "InvalidTimeStamp.Expired" : "";
}

}  // namespace

Verdict Acs3Verifier::Verify(const HttpRequest& request, SigningRules rules, absl::Time now) {
  if (request.HeaderCount("authorization") != 1) {
    return Refuse("IncompleteSignature", "the request must have one Authorization header");
  }
  const absl::optional<Acs3Authorization> authorization =
      ParseAcs3Authorization(request.Header("authorization"));
  if (!authorization) return Refuse("IncompleteSignature", "the Authorization header is malformed");
  const AccessKey* key = identities_.FindKey(authorization->access_key_id);
  if (key == nullptr) return Refuse("InvalidAccessKeyId.NotFound");
  if (!key->active) return Refuse("InvalidAccessKeyId.Inactive");
  return VerifyKey(*key, *authorization, request, rules, now);
}

Verdict Acs3Verifier::VerifyKey(const AccessKey& key, const Acs3Authorization& authorization,
                                const HttpRequest& request, SigningRules rules, absl::Time now) {
  const std::string header_fault = HeaderFault(request, authorization, rules);
  if (!header_fault.empty()) return Refuse("IncompleteSignature", header_fault);
  const std::string sent_id = request.Header("x-acs-accesskey-id");
  if (!sent_id.empty() && sent_id != key.id)
    return Refuse("IncompleteSignature", "x-acs-accesskey-id differs");
  const absl::string_view date_fault = DateFault(request.Header("x-acs-date"), now);
  if (!date_fault.empty()) return Refuse(date_fault);
  const absl::string_view token_fault =
      identities_.TokenFault(key, request.Header("x-acs-security-token"), now);
  if (!token_fault.empty()) return Refuse(token_fault);
  if (request.Header("x-acs-content-sha256") != Sha256Hex(request.body)) {
    return Refuse("SignatureDoesNotMatch", "x-acs-content-sha256 is not the hash of the body");
  }
  const std::string canonical = CanonicalRequest(request, authorization.signed_headers);
  if (Acs3Signature(key.secret, StringToSign(canonical)) != authorization.signature) {
    return Refuse("SignatureDoesNotMatch");
  }
  if (rules == SigningRules::kOnce && !nonces_.insert(request.Header("x-acs-signature-nonce")).second) {
    return Refuse("SignatureNonceUsed");
  }
  return {key, {}};
}

}  // namespace sandbox
