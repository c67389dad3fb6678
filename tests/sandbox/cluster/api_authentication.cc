#include "tests/sandbox/cluster/api_authentication.h"

#include "tests/sandbox/cloud/ack_token.h"
#include "tests/sandbox/world/clusters.h"

namespace sandbox {
namespace {

constexpr char kAuthenticated[] = "system:authenticated";

absl::optional<KubeUser> UserOfCertificate(const HttpRequest& request, const World& world) {
  if (request.client_certificate.empty()) return {};
  const absl::optional<KnownClient> client = world.client_ca.Verify(request.client_certificate, world.Now());
  if (!client) return {};
  return KubeUser{client->user, {client->group, kAuthenticated}};
}

absl::optional<KubeUser> UserOfToken(const HttpRequest& request, const World& world, StsService& sts) {
  const std::string token = request.BearerToken();
  if (token.empty()) return {};
  const auto registered = world.tokens.find(token);
  if (registered != world.tokens.end()) return KubeUser{registered->second, {kAuthenticated}};
  const absl::optional<ReplayedRequest> replayed = ParseAckToken(token);
  if (!replayed || !FindCluster(replayed->cluster_id, "", world.settings.clusters)) return {};
  const Verdict verdict = sts.VerifyReplay(replayed->request, replayed->cluster_id);
  if (!verdict.caller) return {};
  return KubeUser{verdict.caller->principal.MappedArn(), {"sandbox:ram", kAuthenticated}};
}

}  // namespace

absl::optional<KubeUser> AuthenticateKubeUser(const HttpRequest& request, const World& world,
                                              StsService& sts) {
  absl::optional<KubeUser> user = UserOfCertificate(request, world);
  return user ? user : UserOfToken(request, world, sts);
}

bool IsForbidden(const KubeUser& user, const World& world) {
  return world.forbidden.count(user.name) > 0 ||
         world.forbidden.count(user.name.substr(0, user.name.rfind('-'))) > 0;
}

}  // namespace sandbox
