#include "credential_provider/sources/roles/key_owner.h"

#include <algorithm>
#include <utility>

#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/sources/roles/sts_place.h"

namespace credential_provider {
namespace {

absl::StatusOr<CallerIdentity> AskSts(const AccessKey& key, const NetworkContext& fetch) {
  absl::StatusOr<ServiceUrl> endpoint = FindSts(fetch.environment);
  if (!endpoint.ok()) return endpoint.status();
  AcsClient sts(*std::move(endpoint), fetch.transport, fetch.clock,
                std::min(fetch.time_limit, kOwnerTimeLimit), fetch.warn);
  return GetCallerIdentity(sts, key);
}

}  // namespace

Principal OwnerOf(const AccessKey& key, const NetworkContext& fetch) {
  const std::string itself = IdentityText().Add("access-key", key.id).text();
  if (key.security_token.empty()) return {itself};
  const absl::StatusOr<CallerIdentity> caller = AskSts(key, fetch);
  if (!caller.ok() || caller->arn.empty()) return {itself, /*certain=*/false};
  return {IdentityText().Add("caller", caller->arn).Add("principal", caller->principal_id).text()};
}

SignIn SignInWith(AccessKey key) {
  auto owner = [key](const NetworkContext& fetch) -> absl::StatusOr<Principal> {
    return OwnerOf(key, fetch);
  };
  return {std::move(key), std::move(owner)};
}

}  // namespace credential_provider
