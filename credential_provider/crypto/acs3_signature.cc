#include "credential_provider/crypto/acs3_signature.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "credential_provider/crypto/digest.h"

namespace credential_provider {
namespace {

constexpr char kAlgorithm[] = "ACS3-HMAC-SHA256";
constexpr char kContentHash[] = "x-acs-content-sha256";

std::string SignedHeaders(const Acs3Request& request) {
  return absl::StrJoin(request.headers, ";",
                       [](std::string* out, const auto& header) { out->append(header.first); });
}

std::string CanonicalHeaders(const Acs3Request& request) {
  std::string result;
  for (const auto& [name, value] : request.headers) {
    absl::StrAppend(&result, name, ":", absl::StripAsciiWhitespace(value), "\n");
  }
  return result;
}

}  // namespace

std::string PercentEncode(absl::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~') {
      result += c;
    } else {
      absl::StrAppendFormat(&result, "%%%02X", byte);
    }
  }
  return result;
}

std::string CanonicalQuery(const std::map<std::string, std::string>& query) {
  return absl::StrJoin(query, "&", [](std::string* out, const auto& parameter) {
    absl::StrAppend(out, PercentEncode(parameter.first), "=", PercentEncode(parameter.second));
  });
}

Acs3Signature SignAcs3(const Acs3Request& request, absl::string_view access_key_id,
                       const Secret& access_key_secret) {
  Acs3Signature steps;
  steps.canonical_query = CanonicalQuery(request.query);
  steps.signed_headers = SignedHeaders(request);
  const auto content_hash = request.headers.find(kContentHash);
  steps.canonical_request = absl::StrCat(request.method, "\n", request.path, "\n", steps.canonical_query,
                                         "\n", CanonicalHeaders(request), "\n", steps.signed_headers, "\n",
                                         content_hash == request.headers.end() ? "" : content_hash->second);
  steps.string_to_sign = absl::StrCat(kAlgorithm, "\n", Sha256Hex(steps.canonical_request));
  steps.signature = HmacSha256Hex(access_key_secret.Reveal(), steps.string_to_sign);
  steps.authorization = absl::StrCat(kAlgorithm, " Credential=", access_key_id,
                                     ",SignedHeaders=", steps.signed_headers, ",Signature=", steps.signature);
  return steps;
}

}  // namespace credential_provider
