#include "tests/sandbox/cloud/oidc_token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/sandbox/wire/json_fields.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr char kAudience[] = "sts.aliyuncs.com";
constexpr char kFailure[] = "AuthenticationFail.OIDCToken.";

std::string Encode(const json& part) { return absl::WebSafeBase64Escape(part.dump()); }

// Returns the payload of a token that has three non-empty parts, or an empty object.
json PayloadOf(absl::string_view token) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  std::string payload;
  if (parts.size() != 3 || parts[0].empty() || parts[2].empty()) return json::object();
  if (!absl::WebSafeBase64Unescape(parts[1], &payload)) return json::object();
  return ParseObject(payload).value_or(json::object());
}

// `aud` is a string or a list of them.
std::string AudienceOf(const json& payload) {
  const json* audience = FieldOf(payload, "aud");
  if (audience == nullptr || !audience->is_array()) return StringField(payload, "aud");
  for (const json& entry : *audience) {
    if (entry == kAudience) return kAudience;
  }
  return "";
}

absl::Time TimeField(const json& payload, const char* name) {
  const json* field = FieldOf(payload, name);
  return field != nullptr && field->is_number() ? absl::FromUnixSeconds(field->get<int64_t>())
                                                : absl::InfinitePast();
}

}  // namespace

std::string MakeOidcToken(absl::string_view subject, absl::string_view audience, absl::Time now,
                          absl::Time expires) {
  static int count = 0;
  const json header = {{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "sandbox"}};
  const json payload = {{"iss", "https://token.actions.example.com"},
                        {"sub", std::string(subject)},
                        {"aud", std::string(audience)},
                        {"jti", absl::StrCat("sandbox-", ++count)},
                        {"iat", absl::ToUnixSeconds(now)},
                        {"exp", absl::ToUnixSeconds(expires)}};
  return absl::StrCat(Encode(header), ".", Encode(payload), ".", absl::WebSafeBase64Escape("fake-signature"));
}

OidcClaims ReadOidcToken(absl::string_view token, absl::Time now) {
  const json payload = PayloadOf(token);
  OidcClaims claims{"",
                    StringField(payload, "sub"),
                    StringField(payload, "iss"),
                    AudienceOf(payload),
                    TimeField(payload, "iat"),
                    TimeField(payload, "exp")};
  if (claims.expires == absl::InfinitePast()) {
    claims.error = absl::StrCat(kFailure, "Invalid");
  } else if (claims.expires <= now) {
    claims.error = absl::StrCat(kFailure, "Expired");
  } else if (claims.audience != kAudience) {
    claims.error = absl::StrCat(kFailure, "AudienceNotMatch");
  }
  return claims;
}

}  // namespace sandbox
