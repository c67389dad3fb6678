#include "kubeconfig_writer/install/agreement.h"

#include "credential_provider/answer/warm_credential.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::optional<ClusterFacts> AgreedFacts(const KubeconfigDocument& document, const std::string& name,
                                         const Cluster& cluster, const Invocation& invocation,
                                         const Identity& identity, CredentialStore& store) {
  const AckOptions* const options = invocation.issuer->ack();
  const absl::optional<nlohmann::json> entry = document.Find(KubeconfigList::kClusters, name);
  if (!entry || options == nullptr || !identity.resolved) return absl::nullopt;
  ClusterFacts facts = {TextAt(*entry, "server"), TextAt(*entry, "certificate-authority-data")};
  const std::string& address = options->private_endpoint ? cluster.private_endpoint : cluster.public_endpoint;
  if (facts.server.empty() || facts.server != address || facts.certificate_authority_data.empty())
    return absl::nullopt;
  if (ArgsOf(document, name) != FormatInvocation(invocation)) return absl::nullopt;
  if (!IsWarm(invocation, identity, store)) return absl::nullopt;
  return facts;
}

}  // namespace kubeconfig_writer
