#include "credential_provider/sources/jwt_claims.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/json_reader.h"

namespace credential_provider {

JwtClaims ReadJwtClaims(absl::string_view token) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  std::string payload;
  if (parts.size() != 3 || !absl::WebSafeBase64Unescape(parts[1], &payload)) return {};
  JsonReader in(payload, "token");
  JwtClaims claims;
  claims.issuer = in.OptionalString("iss");
  claims.subject = in.OptionalString("sub");
  const int64_t expires = in.OptionalInteger("exp");
  if (expires != 0) claims.expires = absl::FromUnixSeconds(expires);
  return in.status().ok() ? claims : JwtClaims();
}

}  // namespace credential_provider
