#include "credential_provider/kubernetes/exec_credential.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr char kExpiration[] = "expirationTimestamp";
constexpr absl::Duration kSlack = absl::Minutes(1);
constexpr absl::Duration kLeastAhead = absl::Minutes(1);
// 9999-12-31T23:59:59Z: what is later has no RFC 3339 form, and no client could read the answer.
constexpr absl::Time kLatest = absl::FromUnixSeconds(253402300799);

}  // namespace

absl::optional<absl::Time> ExpirationToPrint(absl::Time end, absl::Time now) {
  const absl::Time expiration = std::min(end - kSlack, kLatest);
  if (expiration < now + kLeastAhead) return absl::nullopt;
  return expiration;
}

std::string RenderStatus(const Credential& credential, absl::optional<absl::Time> expiration) {
  nlohmann::ordered_json status;
  if (expiration) {
    status[kExpiration] = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", *expiration, absl::UTCTimeZone());
  }
  if (!credential.token.empty()) status["token"] = credential.token.Reveal();
  if (!credential.certificate_pem.empty()) {
    status["clientCertificateData"] = credential.certificate_pem;
    status["clientKeyData"] = credential.key_pem.Reveal();
  }
  return status.dump(-1, ' ', /*ensure_ascii=*/false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string WithoutExpiration(absl::string_view payload) {
  nlohmann::ordered_json status =
      nlohmann::ordered_json::parse(payload.begin(), payload.end(), nullptr, /*allow_exceptions=*/false);
  if (!status.is_object()) return std::string(payload);
  status.erase(kExpiration);
  return status.dump(-1, ' ', /*ensure_ascii=*/false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string RenderExecCredential(ExecApiVersion version, absl::string_view payload) {
  return absl::StrCat(R"({"kind":"ExecCredential","apiVersion":")", FullName(version),
                      R"(","spec":{},"status":)", payload, "}\n");
}

}  // namespace credential_provider
