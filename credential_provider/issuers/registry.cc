#include "credential_provider/issuers/registry.h"

#include <algorithm>
#include <utility>

#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/issuers/ack_token_issuer.h"
#include "credential_provider/issuers/cs_endpoint.h"

namespace credential_provider {
namespace {

absl::StatusOr<Credential> IssueAck(const AckOptions& options, const Identity& identity,
                                    const KeyFetch& fetch) {
  absl::StatusOr<CsEndpointChoice> endpoint = FindCs(options, identity);
  if (!endpoint.ok()) return endpoint.status();
  AcsClient client(std::move(endpoint->url), fetch.transport, fetch.clock, fetch.time_limit, fetch.warn);
  return IssueAckCredential(options, identity, fetch, client);
}

constexpr IssuerKind kKinds[] = {
    {"ack", "a client certificate of an Alibaba Cloud ACK cluster", &AckCredentialKey, &IssueAck},
    {"ack-token", "a bearer token for an ACK cluster with ack-ram-authenticator", &AckTokenKey,
     &IssueAckToken},
};

}  // namespace

absl::Span<const IssuerKind> IssuerKinds() { return kKinds; }

const IssuerKind* FindIssuerKind(absl::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [name](const IssuerKind& kind) { return name == kind.name; });
  return found == std::end(kKinds) ? nullptr : &*found;
}

}  // namespace credential_provider
