// What an OIDC token says: the payload as bytes, and a whole token.
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/text/jwt_claims.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(absl::string_view payload) {
  ReadJwtClaims(payload);
  const JwtClaims claims = ReadJwtClaims(absl::StrCat("e30.", absl::WebSafeBase64Escape(payload), ".c2ln"));
  Require(claims.issuer.size() + claims.subject.size() <= payload.size(), "claims stand in the token");
  if (payload.find("\"exp\"") == absl::string_view::npos && payload.find('\\') == absl::string_view::npos) {
    Require(claims.expires == absl::InfiniteFuture(), "a token that names no end has none");
  }
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
