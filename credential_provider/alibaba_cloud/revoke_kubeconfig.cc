#include "credential_provider/alibaba_cloud/revoke_kubeconfig.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

absl::Status RevokeClusterKubeconfig(AcsClient& client, const AccessKey& key, const std::string& cluster_id) {
  AcsCall call;
  call.action = "RevokeK8sClusterKubeConfig";
  call.version = "2015-12-15";
  call.method = "DELETE";
  call.path = absl::StrCat("/k8s/", PercentEncode(cluster_id), "/certs");
  call.denied_hint = "allow cs:RevokeK8sClusterKubeConfig on this cluster in a RAM policy of this identity";
  const std::string subject = absl::StrCat("cluster ", cluster_id);
  absl::StatusOr<std::string> reply = client.Call(call, key);
  if (!reply.ok()) return WithContext(reply.status(), subject);
  // A page of some proxy's is no success.
  const absl::Status understood = JsonReader(*reply, "RevokeK8sClusterKubeConfig's reply").status();
  return WithHint(
      WithContext(understood, subject),
      "look at `kubeconfig_writer states`, and check the endpoint and HTTPS_PROXY: this is no answer "
      "of Container Service's");
}

}  // namespace credential_provider
