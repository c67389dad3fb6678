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

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

namespace {

void WarnUser(const absl::Status& status) { PrintWarning(kWriterProgramName, status); }

}  // namespace

AckSession::AckSession(const Caller& caller, const Environment& environment,
                       const absl::optional<StoreOptions>& store)
    : environment_(environment),
      timeout_(caller.timeout),
      given_region_(caller.identity.region),
      transport_(caller.ca_file, &SayWaitingFor) {
  if (store) store_.emplace(*store, environment);
}

absl::StatusOr<std::unique_ptr<AckSession>> AckSession::SignIn(const Caller& caller,
                                                               const Environment& environment,
                                                               const absl::optional<StoreOptions>& store) {
  absl::StatusOr<FoundIdentity> found = FindIdentity(caller.identity, environment);
  if (!found.ok()) return found.status();
  std::unique_ptr<AckSession> service(new AckSession(caller, environment, store));
  service->identity_ = std::move(found->identity);
  absl::Status has_key = service->GetKey(/*renew=*/false);
  if (!has_key.ok()) return has_key;
  return service;
}

absl::Status AckSession::GetKey(bool renew) {
  NetworkContext fetch{transport_, clock_, environment_, timeout_, {}, &WarnUser, renew};
  if (store_) fetch.sessions = SessionsIn(*store_, clock_);
  absl::StatusOr<AccessKey> key = identity_.access_key(fetch);
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity_.source));
  key_ = *std::move(key);
  return absl::OkStatus();
}

bool AckSession::RenewKey() { return store_ && !key_.security_token.empty() && GetKey(/*renew=*/true).ok(); }

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
  return AcsClient(std::move(endpoint), transport_, clock_, timeout_, &WarnUser);
}

}  // namespace kubeconfig_writer
