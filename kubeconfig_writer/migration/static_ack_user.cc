#include "kubeconfig_writer/migration/static_ack_user.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr size_t kClusterIdSize = 33;

bool IsHex(char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); }

bool IsClusterId(absl::string_view text) {
  return text.size() == kClusterIdSize && text[0] == 'c' && std::all_of(text.begin() + 1, text.end(), IsHex);
}

absl::Status NoCertificate() {
  return WithHint(absl::NotFoundError("no client certificate with its key"),
                  "only the users of ACK's own kubeconfigs can be migrated");
}

absl::Status CheckFields(const nlohmann::json& user) {
  for (const char* const field : {"token", "tokenFile", "username", "password", "auth-provider", "as"}) {
    if (user.contains(field) && !user.at(field).is_null() && user.at(field) != "")
      return WithHint(absl::FailedPreconditionError(absl::StrCat(field, ": is set beside the certificate")),
                      "take it out of the user's entry first, if nothing needs it");
  }
  return absl::OkStatus();
}

// A file or library that is not there does not say that the user is none of ACK's.
absl::Status Unreadable(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return WithHint(absl::FailedPreconditionError(status.message()), HintOf(status));
}

absl::StatusOr<CertificateFacts> ReadUserCertificate(const KubeconfigEntry& user) {
  absl::StatusOr<std::string> pem = DataOrFile(user, "client-certificate-data", "client-certificate");
  if (!pem.ok()) return Unreadable(pem.status());
  const bool has_key =
      !TextAt(user.content, "client-key-data").empty() || !TextAt(user.content, "client-key").empty();
  if (pem->empty() || !has_key) return NoCertificate();
  absl::StatusOr<CertificateFacts> facts = ReadCertificate(*pem);
  if (!facts.ok()) return WithContext(facts.status(), "client certificate");
  return facts;
}

}  // namespace

std::string FindClusterId(absl::string_view text) {
  for (size_t begin = 0; begin < text.size(); ++begin) {
    size_t end = begin;
    while (end < text.size() && absl::ascii_isalnum(text[end])) ++end;
    if (IsClusterId(text.substr(begin, end - begin))) return std::string(text.substr(begin, end - begin));
    begin = end;
  }
  return "";
}

absl::StatusOr<StaticAckUser> ReadStaticAckUser(const KubeconfigEntry& user, absl::string_view context_name,
                                                absl::string_view cluster_id) {
  if (!user.content.is_object()) return NoCertificate();
  absl::StatusOr<CertificateFacts> facts = ReadUserCertificate(user);
  if (!facts.ok()) return facts.status();
  absl::Status alone = CheckFields(user.content);
  if (!alone.ok()) return alone;
  const CertificateName& issuer = facts->issuer;
  const std::string of_issuer =
      IsClusterId(issuer.organization) && issuer.organization == issuer.common_name ? issuer.common_name : "";
  if (!of_issuer.empty() && !cluster_id.empty() && of_issuer != cluster_id) {
    return WithHint(absl::FailedPreconditionError(
                        absl::StrCat("--cluster-id: the certificate was issued by cluster ", of_issuer)),
                    "leave the flag out");
  }
  const std::string id = !of_issuer.empty()    ? of_issuer
                         : !cluster_id.empty() ? std::string(cluster_id)
                                               : FindClusterId(context_name);
  if (id.empty()) {
    return WithHint(
        absl::NotFoundError("neither the certificate's issuer nor the context's name is an ACK cluster"),
        "if it is one, give its id with --cluster-id");
  }
  return StaticAckUser{id, facts->subject.common_name, facts->not_after};
}

std::string AckUserIdIn(absl::string_view name) {
  const size_t dash = name.rfind('-');
  const absl::string_view seconds = dash == absl::string_view::npos ? "" : name.substr(dash + 1);
  const bool issued = !seconds.empty() && std::all_of(seconds.begin(), seconds.end(), absl::ascii_isdigit);
  return std::string(issued ? name.substr(0, dash) : name);
}

bool IsSameAckUser(absl::string_view a, absl::string_view b) { return AckUserIdIn(a) == AckUserIdIn(b); }

}  // namespace kubeconfig_writer
