#include "credential_provider/issuers/ack_token_issuer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/ack_token.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/issuers/ack_cluster_issuer.h"

namespace credential_provider {
namespace {

constexpr char kUserAgent[] = "credential_provider";
// STS takes a request for 15 minutes from its date. The margin is for clocks that differ and for the time in
// which the API server may still present a token that the client sent just before its end.
constexpr absl::Duration kWindow = absl::Minutes(15);
constexpr absl::Duration kMargin = absl::Minutes(5);

using AckTokenIssuer = AckClusterIssuer<AckTokenKey, IssueAckToken>;

}  // namespace

const IssuerKind kAckTokenIssuer = {
    "ack-token",
    "a bearer token, where ack-ram-authenticator is installed",
    R"(Prints an ExecCredential with a bearer token for one ACK cluster in which ack-ram-authenticator is installed. The
token is signed here with the caller's own AccessKey, without a request. The AccessKey comes from the first of the
sources that has one, or from the one that --identity names.)",
    &AckFlags,
    &AckTokenIssuer::Parse,
    &AckTokenIssuer::ForCluster,
};

CredentialKey AckTokenKey(const AckOptions& options, const Identity& identity) {
  CredentialKey key;
  key.Add("issuer", "ack-token").Add("identity", identity.who).Add("cluster", options.cluster_id);
  return key;
}

absl::StatusOr<Credential> IssueAckToken(const AckOptions& options, const Identity& identity,
                                         const NetworkContext& fetch) {
  absl::StatusOr<AccessKey> key = identity.access_key(fetch);
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity.source));
  if (fetch.clock.IsPastForServer(key->expires)) {
    return WithContext(
        WithHint(absl::FailedPreconditionError("its session expired already, by the server's own clock"),
                 "try again in a moment"),
        absl::StrCat("identity ", identity.source));
  }
  const absl::Time now = fetch.clock.ServerNow();
  absl::StatusOr<Secret> token = MakeAckToken(*key, options.cluster_id, kUserAgent, now);
  if (!token.ok()) return WithContext(token.status(), absl::StrCat("cluster ", options.cluster_id));
  const absl::Time end = std::min(now + kWindow - kMargin, key->expires);
  return Credential{*std::move(token), "", Secret(), fetch.clock.LocalTime(end)};
}

}  // namespace credential_provider
