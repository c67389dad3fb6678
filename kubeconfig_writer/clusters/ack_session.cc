#include "kubeconfig_writer/clusters/ack_session.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/issuers/cs_endpoint.h"
#include "credential_provider/sources/roles/sts_place.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/credential_store.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

namespace {

void WarnUser(const absl::Status& status) { PrintWarning(kWriterProgramName, status); }

}  // namespace

AckSession::AckSession(const Caller& caller, Identity identity)
    : timeout_(caller.timeout),
      given_region_(caller.identity.region),
      identity_(std::move(identity)),
      ca_file_(caller.ca_file),
      transport_(std::make_unique<CurlTransport>(ca_file_, &SayWaitingFor)) {}

absl::StatusOr<std::unique_ptr<AckSession>> AckSession::SignIn(const Caller& caller,
                                                               const Environment& environment,
                                                               const absl::optional<StoreOptions>& store,
                                                               StoredSession stored) {
  absl::StatusOr<FoundIdentity> found = FindIdentity(caller.identity, environment);
  if (!found.ok()) return found.status();
  std::unique_ptr<AckSession> service(new AckSession(caller, std::move(found->identity)));
  const Identity& identity = service->identity_;
  absl::optional<CredentialStore> kept;
  SessionStore sessions;
  if (store) sessions = SessionsIn(kept.emplace(*store, environment), service->clock_);
  if (stored == StoredSession::kReplaced) sessions.find = nullptr;
  absl::StatusOr<AccessKey> key = identity.access_key(
      {*service->transport_, service->clock_, environment, caller.timeout, sessions, &WarnUser});
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity.source));
  service->key_ = *std::move(key);
  return service;
}

absl::StatusOr<AcsClient> AckSession::At(const CsEndpointOptions& place) {
  absl::StatusOr<CsEndpointChoice> endpoint = FindCs(place, identity_);
  if (!endpoint.ok()) return endpoint.status();
  return ClientOf(std::move(endpoint->url));
}

absl::StatusOr<AcsClient> AckSession::Sts(const Environment& environment) {
  absl::StatusOr<ServiceUrl> endpoint = FindStsOf(identity_, given_region_, environment);
  if (!endpoint.ok()) return endpoint.status();
  return ClientOf(*std::move(endpoint));
}

AcsClient AckSession::ClientOf(ServiceUrl endpoint) {
  return AcsClient(std::move(endpoint), *transport_, clock_, timeout_, &WarnUser);
}

// The old one is never destroyed: that would tell the server that the connection is at its end.
void AckSession::UseOwnConnection() {
  static_cast<void>(transport_.release());  // NOLINT(bugprone-unused-return-value): on purpose
  transport_ = std::make_unique<CurlTransport>(ca_file_);
}

}  // namespace kubeconfig_writer
