// ListUserKubeConfigStates: a user's kubeconfigs, one for each cluster.
// https://www.alibabacloud.com/help/en/ack/developer-reference/api-cs-2015-12-15-listuserkubeconfigstates
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_KUBECONFIG_STATES_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_KUBECONFIG_STATES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// As ACK words it; "" for what it did not say.
struct KubeconfigState {
  std::string cluster_id;
  std::string cluster_name;
  std::string cluster_state;
  std::string state;    // "Unexpired", "Expired", "Unissued", "Removed", "Unknown"
  std::string expires;  // "2026-01-02T03:04:05Z"
};

// Returns the states of the kubeconfigs of the user or role `user_id`, by cluster. Errors are those of
// AcsClient::Call.
absl::StatusOr<std::vector<KubeconfigState>> ListUserKubeconfigStates(AcsClient& client, const AccessKey& key,
                                                                      const std::string& user_id);

// Reads one item of the reply. The cluster's id and the state must be there.
absl::StatusOr<KubeconfigState> ParseKubeconfigState(const nlohmann::json& item);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_KUBECONFIG_STATES_H_
