// DescribeClusterUserKubeconfig: the operation that makes a client certificate for one cluster.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-describeclusteruserkubeconfig
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_USER_KUBECONFIG_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_USER_KUBECONFIG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

struct UserKubeconfigRequest {
  std::string cluster_id;
  bool private_address = false;  // the API server's intranet address instead of the public one
  absl::Duration duration;       // of the certificate; sent as whole minutes, exactly as given
};

struct UserKubeconfig {
  std::string server;                      // "https://192.0.2.10:6443"; "" when the reply names none
  std::string certificate_authority_data;  // base64 of PEM, as a kubeconfig holds it; "" when there is none
  std::string client_certificate_pem;
  Secret client_key_pem;
  absl::Time expiration;  // InfiniteFuture when the reply names none
};

// The call by which that is asked for.
AcsCall UserKubeconfigCall(const UserKubeconfigRequest& request);

// Asks for a new certificate. Errors name the cluster.
absl::StatusOr<UserKubeconfig> DescribeClusterUserKubeconfig(AcsClient& client, const AccessKey& key,
                                                             const UserKubeconfigRequest& request);

// Reads the reply: JSON {config, expiration}, where config is a kubeconfig as YAML text. Errors say what is
// wrong with it and quote nothing: it holds a private key.
absl::StatusOr<UserKubeconfig> ParseUserKubeconfig(absl::string_view reply);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_USER_KUBECONFIG_H_
