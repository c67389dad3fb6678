#include "tests/sandbox/cloud/ack_token.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/sandbox/wire/json_fields.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr absl::string_view kPrefix = "k8s-ack-v2.";
constexpr size_t kLongestToken = 4096;
constexpr char kClusterParameter[] = "ACKClusterId";
constexpr const char* kForwardedHeaders[] = {
    "x-acs-action", "x-acs-version",        "authorization",     "x-acs-signature-nonce",
    "x-acs-date",   "x-acs-content-sha256", "x-acs-content-sm3", "x-acs-security-token"};

bool IsForwarded(const std::string& name) {
  for (const char* forwarded : kForwardedHeaders) {
    if (name == forwarded) return true;
  }
  return false;
}

// Decodes standard base64 with padding; anything looser is refused.
absl::optional<std::string> StrictBase64(absl::string_view text) {
  std::string decoded;
  if (!absl::Base64Unescape(text, &decoded) || absl::Base64Escape(decoded) != text) return {};
  return decoded;
}

}  // namespace

absl::optional<ReplayedRequest> ParseAckToken(absl::string_view token) {
  if (token.size() > kLongestToken || !absl::ConsumePrefix(&token, kPrefix)) return {};
  const absl::optional<std::string> text = StrictBase64(token);
  if (!text) return {};
  const absl::optional<json> payload = ParseObject(*text);
  if (!payload) return {};
  const json* query = FieldOf(*payload, "query");
  const json* headers = FieldOf(*payload, "headers");
  if (query == nullptr || headers == nullptr || !query->is_object() || !headers->is_object()) return {};
  ReplayedRequest replayed;
  replayed.cluster_id = StringField(*query, kClusterParameter);
  replayed.request.method = "POST";
  replayed.request.path = "/";
  replayed.request.raw_query = absl::StrCat(kClusterParameter, "=", PercentEncode(replayed.cluster_id));
  for (const auto& [name, value] : headers->items()) {
    const std::string lower = absl::AsciiStrToLower(name);
    if (IsForwarded(lower) && value.is_string())
      replayed.request.headers.emplace_back(lower, value.get<std::string>());
  }
  return replayed;
}

}  // namespace sandbox
