#include "tests/sandbox/cloud/kubeconfig_mint.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/sandbox/cloud/kubeconfig_text.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

ClientSubject SubjectFor(const Principal& principal, absl::Time now) {
  if (principal.kind == PrincipalKind::kAccount) return {"system:masters", "kubernetes-admin"};
  return {"system:users", absl::StrCat(principal.id, "-", absl::ToUnixSeconds(now))};
}

std::string ServerFor(const MintOrder& order, const World& world) {
  if (!world.settings.server.empty()) return world.settings.server;
  const bool intranet = order.private_address || !order.cluster.has_public_endpoint;
  return intranet ? world.addresses.api_server : world.addresses.api_server_public;
}

}  // namespace

nlohmann::json MintKubeconfig(const MintOrder& order, World& world) {
  const Settings& settings = world.settings;
  const absl::Time now = world.Now();
  const absl::Time not_after = now + settings.lifetime.value_or(order.lifetime);
  const KeyPtr key = world.keys.Next(settings.key_type);
  const Principal& caller = order.caller.principal;
  const X509Ptr certificate = world.client_ca.Issue(order.cluster.id, caller.id, SubjectFor(caller, now), key,
                                                    now + settings.not_before_offset, not_after);
  world.mints[FingerprintOf(certificate.get())] = {order.caller.id, order.cluster.id, order.lifetime,
                                                   order.private_address};
  const KeyPtr shown_key = settings.mismatched_key ? world.keys.Next(settings.key_type) : key;
  nlohmann::json answer;
  answer["config"] = settings.config_text.value_or(KubeconfigText(
      {ServerFor(order, world), settings.server_ca.value_or(world.ca_pem), caller.KubeconfigUser(),
       order.cluster.id, PemOf(certificate.get()), PemOf(shown_key, settings.key_type)}));
  if (!settings.omit_expiration) answer["expiration"] = FormatRfc3339(not_after + settings.expiration_offset);
  return answer;
}

}  // namespace sandbox
