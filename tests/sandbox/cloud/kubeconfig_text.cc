#include "tests/sandbox/cloud/kubeconfig_text.h"

#include "absl/strings/escaping.h"
#include "absl/strings/substitute.h"

namespace sandbox {
namespace {

// $0 server, $1 CA, $2 user, $3 cluster id, $4 certificate, $5 key
constexpr char kTemplate[] = R"(
apiVersion: v1
clusters:
- cluster:
    server: $0
    certificate-authority-data: $1
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: "$2"
  name: $2-$3
current-context: $2-$3
kind: Config
preferences: {}
users:
- name: "$2"
  user:
    client-certificate-data: $4
    client-key-data: $5
)";

}  // namespace

std::string KubeconfigText(const KubeconfigParts& parts) {
  return absl::Substitute(kTemplate, parts.server, absl::Base64Escape(parts.ca_pem), parts.user,
                          parts.cluster_id, absl::Base64Escape(parts.certificate_pem),
                          absl::Base64Escape(parts.key_pem));
}

}  // namespace sandbox
