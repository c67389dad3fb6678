// The kubeconfig text in the shape that ACK returns.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_TEXT_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_TEXT_H_

#include <string>

namespace sandbox {

struct KubeconfigParts {
  std::string server;
  std::string ca_pem;
  std::string user;
  std::string cluster_id;
  std::string certificate_pem;
  std::string key_pem;
};

// Renders the YAML text: it starts with a newline, calls the cluster "kubernetes" and quotes the user.
std::string KubeconfigText(const KubeconfigParts& parts);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_KUBECONFIG_TEXT_H_
