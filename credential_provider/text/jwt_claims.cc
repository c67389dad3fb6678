#include "credential_provider/text/jwt_claims.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "credential_provider/text/json_text.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

// Each claim stands for itself: one that is of another type than it should be hides no other.
std::string TextAt(const nlohmann::json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : "";
}

// RFC 7519: a number of seconds, which may have a fraction.
absl::Time TimeAt(const nlohmann::json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number() || *found == 0) return absl::InfiniteFuture();
  return absl::UnixEpoch() + found->get<double>() * absl::Seconds(1);  // absl::Seconds(double) needs libm
}

}  // namespace

JwtClaims ReadJwtClaims(absl::string_view token) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '.');
  std::string payload;
  if (parts.size() != 3 || !absl::WebSafeBase64Unescape(parts[1], &payload)) return {};
  const nlohmann::json json = ParseJson(payload);
  if (!json.is_object()) return {};
  return {TextAt(json, "iss"), TextAt(json, "sub"), TimeAt(json, "exp")};
}

}  // namespace credential_provider
