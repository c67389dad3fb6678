#include "credential_provider/issuers/ack_issuer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/client_certificate.h"
#include "credential_provider/issuers/ack_cluster_issuer.h"
#include "credential_provider/issuers/cs_endpoint.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

// ACK refuses requests whose date is further off, so a larger difference is not the clock's.
constexpr absl::Duration kClockTolerance = absl::Minutes(15);

// What is past by the clock of who made it is past for the cluster too, whatever this machine's clock shows.
absl::Status CheckDates(absl::Time not_before, absl::Time end, Clock& clock) {
  const absl::Time now = clock.ServerNow();
  const char* const hint = "check this machine's clock";
  if (not_before > now + kClockTolerance) {
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat("not valid before ", FormatInstant(not_before))), hint);
  }
  if (clock.IsPastForServer(end)) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat("expired already, at ", FormatInstant(end),
                                                               ", by the server's own clock")),
                    "try again in a moment; if it stays so, show this to the support of Alibaba Cloud");
  }
  if (end < now - kClockTolerance) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat("expired already, at ", FormatInstant(end))),
                    hint);
  }
  return absl::OkStatus();
}

UserKubeconfigRequest RequestOf(const AckOptions& options) {
  return {options.cluster_id, options.private_endpoint, options.duration};
}

absl::StatusOr<UserKubeconfig> Ask(const AckOptions& options, const AccessKey& key, AcsClient& client) {
  return DescribeClusterUserKubeconfig(client, key, RequestOf(options));
}

// What is asked on the way to a key has the connection opened that the key is for: nobody waits for both.
class OpeningAhead : public HttpTransport {
 public:
  OpeningAhead(HttpTransport& transport, AcsClient& client, const AckOptions& options)
      : transport_(transport), client_(client), options_(options) {}

  absl::StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    if (!std::exchange(has_begun_, true)) client_.OpenAhead(UserKubeconfigCall(RequestOf(options_)));
    return transport_.Send(request);
  }

 private:
  HttpTransport& transport_;
  AcsClient& client_;
  const AckOptions& options_;
  bool has_begun_ = false;
};

absl::StatusOr<AccessKey> KeyOf(const Identity& identity, const NetworkContext& fetch) {
  absl::StatusOr<AccessKey> key = identity.access_key(fetch);
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity.source));
  return key;
}

absl::StatusOr<Credential> IssueAck(const AckOptions& options, const Identity& identity,
                                    const NetworkContext& fetch) {
  absl::StatusOr<CsEndpointChoice> endpoint = FindCs(options, identity);
  if (!endpoint.ok()) return endpoint.status();
  AcsClient client(std::move(endpoint->url), fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
  return IssueAckCredential(options, identity, fetch, client);
}

using AckIssuer = AckClusterIssuer<AckCredentialKey, IssueAck>;

}  // namespace

const IssuerKind kAckIssuer = {
    "ack",
    "a client certificate of an Alibaba Cloud ACK cluster",
    R"(Prints an ExecCredential with a client certificate for one ACK cluster: a stored one while it is good, else a new
one, for which one request to Container Service is signed with the caller's own AccessKey. The AccessKey comes from the
first of the sources that has one, or from the one that --identity names.)",
    &AckFlags,
    &AckIssuer::Parse,
    &AckIssuer::ForCluster,
};

CredentialKey AckCredentialKey(const AckOptions& options, const Identity& identity) {
  CredentialKey key;
  key.Add("issuer", "ack")
      .Add("identity", identity.who)
      .Add("cluster", options.cluster_id)
      .Add("region", options.region)
      .Add("endpoint", CsEndpointInKeys(options, identity))
      .Add("address", options.private_endpoint ? "private" : "public")
      .Add("minutes", absl::StrCat(absl::ToInt64Minutes(options.duration)));
  return key;
}

absl::StatusOr<Credential> IssueAckCredential(const AckOptions& options, const Identity& identity,
                                              const NetworkContext& fetch, AcsClient& client) {
  OpeningAhead transport(fetch.transport, client, options);
  absl::StatusOr<AccessKey> key = KeyOf(
      identity,
      {transport, fetch.clock, fetch.environment, fetch.time_limit, fetch.sessions, fetch.warn, fetch.renew});
  if (!key.ok()) return key.status();
  absl::StatusOr<UserKubeconfig> kubeconfig = Ask(options, *key, client);
  if (absl::IsUnauthenticated(kubeconfig.status()) && !key->security_token.empty()) {
    // A remembered session can end before its time, when its role is taken away. One more try, with a new
    // one.
    NetworkContext renewed = fetch;
    renewed.renew = true;
    key = KeyOf(identity, renewed);
    if (!key.ok()) return key.status();
    kubeconfig = Ask(options, *key, client);
  }
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<Credential> credential = CheckedCredential(*std::move(kubeconfig), fetch.clock);
  if (!credential.ok()) return WithContext(credential.status(), absl::StrCat("cluster ", options.cluster_id));
  credential->expires = fetch.clock.LocalTime(credential->expires);
  return credential;
}

absl::StatusOr<Credential> CheckedCredential(UserKubeconfig kubeconfig, Clock& clock) {
  absl::StatusOr<CertificateDates> dates =
      CheckClientCertificate(kubeconfig.client_certificate_pem, kubeconfig.client_key_pem);
  if (!dates.ok()) return dates.status();
  const absl::Time end = std::min(dates->not_after, kubeconfig.expiration);
  absl::Status in_date = CheckDates(dates->not_before, end, clock);
  if (!in_date.ok()) return WithContext(in_date, "client certificate");
  return Credential{Secret(), std::move(kubeconfig.client_certificate_pem),
                    std::move(kubeconfig.client_key_pem), end};
}

}  // namespace credential_provider
