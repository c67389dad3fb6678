#include "tests/sandbox/signing/acs3_signature.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

constexpr absl::string_view kAlgorithm = "ACS3-HMAC-SHA256";

bool StrictlyAscending(const std::vector<std::string>& names) {
  return std::adjacent_find(names.begin(), names.end(), std::greater_equal<>()) == names.end();
}

bool AllLowerCase(const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return !name.empty() && name == absl::AsciiStrToLower(name);
  });
}

}  // namespace

absl::optional<Acs3Authorization> ParseAcs3Authorization(absl::string_view header) {
  if (!absl::ConsumePrefix(&header, kAlgorithm) || !absl::ConsumePrefix(&header, " Credential=")) return {};
  const std::vector<absl::string_view> parts = absl::StrSplit(header, ',');
  if (parts.size() != 3) return {};
  absl::string_view names = parts[1];
  absl::string_view signature = parts[2];
  if (!absl::ConsumePrefix(&names, "SignedHeaders=") || !absl::ConsumePrefix(&signature, "Signature="))
    return {};
  Acs3Authorization out{std::string(parts[0]), absl::StrSplit(names, ';'), std::string(signature)};
  if (out.access_key_id.empty() || out.signature.size() != 64) return {};
  if (!AllLowerCase(out.signed_headers) || !StrictlyAscending(out.signed_headers)) return {};
  return out;
}

std::string CanonicalRequest(const HttpRequest& request, const std::vector<std::string>& signed_headers) {
  std::string headers;
  for (const std::string& name : signed_headers) {
    absl::StrAppend(&headers, name, ":", absl::StripAsciiWhitespace(request.Header(name)), "\n");
  }
  return absl::StrJoin({request.method, CanonicalPath(request.path), CanonicalQuery(request.Query()), headers,
                        absl::StrJoin(signed_headers, ";"), request.Header("x-acs-content-sha256")},
                       "\n");
}

std::string StringToSign(absl::string_view canonical_request) {
  return absl::StrCat(kAlgorithm, "\n", Sha256Hex(canonical_request));
}

std::string Acs3Signature(absl::string_view secret, absl::string_view string_to_sign) {
  return HmacSha256Hex(secret, string_to_sign);
}

}  // namespace sandbox
