#include "kubeconfig_writer/commands/temporary_kubeconfig.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/text/time_text.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

// $0 cluster id, $1 end, $2 name, $3 server, $4 authority, $5 certificate, $6 key
constexpr char kTemplate[] = R"(# A temporary kubeconfig for ACK cluster $0, by kubeconfig_writer export.
# It holds a private key: whoever has the file has the access. It works until $1.
apiVersion: v1
kind: Config
clusters:
- name: $2
  cluster:
    certificate-authority-data: $4
    server: $3
contexts:
- name: $2
  context:
    cluster: $2
    user: $2
current-context: $2
users:
- name: $2
  user:
    client-certificate-data: $5
    client-key-data: $6
)";

}  // namespace

credential_provider::Secret FormatTemporaryKubeconfig(const TemporaryKubeconfig& kubeconfig) {
  const credential_provider::Credential& credential = kubeconfig.credential;
  // JSON's texts are YAML's too, whatever is in them.
  return credential_provider::Secret(absl::Substitute(
      kTemplate, kubeconfig.cluster_id, credential_provider::FormatInstant(credential.expires),
      absl::StrCat("ack-", kubeconfig.cluster_id), nlohmann::json(kubeconfig.server).dump(),
      nlohmann::json(kubeconfig.certificate_authority_data).dump(),
      absl::Base64Escape(credential.certificate_pem), absl::Base64Escape(credential.key_pem.Reveal())));
}

}  // namespace kubeconfig_writer
