// Container Service, signed in to: what every command that asks about clusters begins with.
#ifndef KUBECONFIG_WRITER_CLUSTERS_ACK_SESSION_H_
#define KUBECONFIG_WRITER_CLUSTERS_ACK_SESSION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/store/store_options.h"

namespace kubeconfig_writer {

// What a role's session that is stored means to who signs in.
enum class StoredSession {
  kReplaced,  // nothing: it may have been refused since
  kTaken,     // it is used; when a call is refused then, who called signs in again with kReplaced
};

class AckSession {
 public:
  // Finds out who asks and gets the key, which may use the network. With `store` a role's session is kept
  // there for `get`.
  static absl::StatusOr<std::unique_ptr<AckSession>> SignIn(
      const credential_provider::Caller& caller, const credential_provider::Environment& environment,
      const absl::optional<credential_provider::StoreOptions>& store = absl::nullopt,
      StoredSession stored = StoredSession::kReplaced);

  // Returns a client of the endpoint of `place`, or of STS. It must not outlive this object.
  absl::StatusOr<credential_provider::AcsClient> At(const credential_provider::CsEndpointOptions& place);
  absl::StatusOr<credential_provider::AcsClient> Sts(const credential_provider::Environment& environment);

  // For a process that was forked from the one that signed in: leaves that one's connection alone, and opens
  // another with the next request.
  void UseOwnConnection();

  const credential_provider::AccessKey& key() const { return key_; }
  const credential_provider::Identity& identity() const { return identity_; }
  credential_provider::Clock& clock() { return clock_; }

 private:
  AckSession(const credential_provider::Caller& caller, credential_provider::Identity identity);

  credential_provider::AcsClient ClientOf(credential_provider::ServiceUrl endpoint);

  const absl::Duration timeout_;
  const std::string given_region_;  // of --region
  const credential_provider::Identity identity_;
  const std::string ca_file_;
  std::unique_ptr<credential_provider::CurlTransport> transport_;
  credential_provider::SystemClock clock_;
  credential_provider::AccessKey key_;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_ACK_SESSION_H_
