#include "credential_provider/kubernetes/exec_credential_parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {
namespace {

constexpr char kExpiration[] = "expirationTimestamp";
constexpr char kZeroTime[] = "0001-01-01T00:00:00Z";
constexpr char kPem[] = "-----BEGIN ";

absl::Status Invalid(absl::string_view reason) { return absl::InvalidArgumentError(reason); }

absl::Status CheckHead(JsonReader& in, absl::optional<ExecApiVersion> asked) {
  const std::string kind = in.String("kind");
  const std::string api_version = in.String("apiVersion");
  if (!in.status().ok()) return in.status();
  if (kind != "ExecCredential") return Invalid("kind is not ExecCredential");
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(api_version);
  if (!version.ok()) return version.status();
  if (!asked || *asked == *version) return absl::OkStatus();
  return WithHint(
      Invalid(absl::StrCat("apiVersion is not ", FullName(*asked), ", which was asked for")),
      absl::StrCat("set apiVersion: ", FullName(*version), " in the exec stanza of the kubeconfig"));
}

// Only what is visible in ASCII can be sent after "Bearer ".
bool IsSendable(absl::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

absl::Status CheckContent(const Credential& credential) {
  const bool certificate = !credential.certificate_pem.empty();
  if (certificate == credential.key_pem.empty()) return Invalid("a certificate or a key without the other");
  if (!certificate && credential.token.empty()) return Invalid("neither a token nor a certificate in it");
  if (!IsSendable(credential.token.Reveal())) return Invalid("a token with blanks or control characters");
  if (certificate && !(absl::StrContains(credential.certificate_pem, kPem) &&
                       absl::StrContains(credential.key_pem.Reveal(), kPem))) {
    return Invalid("a certificate or key that is not PEM text");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Credential> ParseExecCredential(absl::string_view text, absl::optional<ExecApiVersion> asked) {
  constexpr char kSubject[] = "its output";
  JsonReader in(text, kSubject);
  absl::Status head = CheckHead(in, asked);
  if (!head.ok()) return in.status().ok() ? WithContext(head, kSubject) : head;
  JsonReader status = in.Object("status");
  Credential credential;
  credential.token = Secret(status.OptionalString("token"));
  credential.certificate_pem = status.OptionalString("clientCertificateData");
  credential.key_pem = Secret(status.OptionalString("clientKeyData"));
  const std::string expiration = status.OptionalString(kExpiration);
  const bool ends = !expiration.empty() && expiration != kZeroTime;
  credential.expires = ends ? status.Time(kExpiration) : absl::InfiniteFuture();
  if (!in.status().ok()) return in.status();
  if (!status.status().ok()) return status.status();
  absl::Status content = CheckContent(credential);
  if (!content.ok()) return WithContext(content, kSubject);
  return credential;
}

}  // namespace credential_provider
