#include "credential_provider/alibaba_cloud/ack_token.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/crypto/digest.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr char kPrefix[] = "k8s-ack-v2.";

// The request that the webhook will send. Only what it forwards is signed: no host, which it chooses itself,
// and no nonce, because the API server may present a token many times.
Acs3Request CallerIdentityRequest(const AccessKey& key, absl::string_view cluster_id, absl::Time now) {
  Acs3Request request{"POST", "/", {{"ACKClusterId", std::string(cluster_id)}}, {}};
  request.headers = {
      {"x-acs-action", "GetCallerIdentity"},
      {"x-acs-content-sha256", Sha256Hex("")},
      {"x-acs-date", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone())},
      {"x-acs-version", "2015-04-01"},
  };
  if (!key.security_token.empty()) request.headers["x-acs-security-token"] = key.security_token.Reveal();
  return request;
}

}  // namespace

absl::StatusOr<Secret> MakeAckToken(const AccessKey& key, absl::string_view cluster_id,
                                    absl::string_view user_agent, absl::Time now) {
  const Acs3Request request = CallerIdentityRequest(key, cluster_id, now);
  nlohmann::json headers = request.headers;
  headers["Authorization"] = SignAcs3(request, key.id, key.secret).authorization;
  headers["user-agent"] = std::string(user_agent);
  const nlohmann::json payload = {{"clusterId", std::string(cluster_id)},
                                  {"method", request.method},
                                  {"path", request.path},
                                  {"query", request.query},
                                  {"headers", headers}};
  std::string token = absl::StrCat(kPrefix, absl::Base64Escape(payload.dump()));
  if (token.size() <= kMaxAckTokenBytes) return Secret(std::move(token));
  return WithHint(absl::FailedPreconditionError(absl::StrCat(
                      "token: ", token.size(), " bytes, but ack-ram-authenticator takes ", kMaxAckTokenBytes,
                      " at most; the security token alone has ", key.security_token.Reveal().size())),
                  "use an identity with a shorter security token, or `get ack` instead");
}

}  // namespace credential_provider
