// RevokeK8sClusterKubeConfig: ends what the caller got for one cluster.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-revokek8sclusterkubeconfig
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_REVOKE_KUBECONFIG_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_REVOKE_KUBECONFIG_H_

#include <string>

#include "absl/status/status.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"

namespace credential_provider {

// Revokes the caller's own kubeconfig for `cluster_id`; ACK makes a new one. Errors name the cluster.
absl::Status RevokeClusterKubeconfig(AcsClient& client, const AccessKey& key, const std::string& cluster_id);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_REVOKE_KUBECONFIG_H_
