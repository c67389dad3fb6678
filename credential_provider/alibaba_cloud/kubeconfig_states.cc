#include "credential_provider/alibaba_cloud/kubeconfig_states.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/paged_call.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

absl::StatusOr<std::vector<KubeconfigState>> ListUserKubeconfigStates(AcsClient& client, const AccessKey& key,
                                                                      const std::string& user_id) {
  AcsCall call;
  call.action = "ListUserKubeConfigStates";
  call.version = "2015-12-15";
  call.path = absl::StrCat("/users/", PercentEncode(user_id), "/kubeconfig/states");
  call.denied_hint =
      "allow cs:ListUserKubeConfigStates in a RAM policy of this identity; ACK asks for AliyunCSFullAccess "
      "here";
  std::vector<KubeconfigState> states;
  absl::Status read =
      CallAllPages(client, key, std::move(call), {"states", "page"}, [&](const nlohmann::json& item) {
        absl::StatusOr<KubeconfigState> state = ParseKubeconfigState(item);
        if (!state.ok()) return state.status();
        states.push_back(*std::move(state));
        return absl::OkStatus();
      });
  if (!read.ok()) return read;
  std::sort(states.begin(), states.end(),
            [](const KubeconfigState& a, const KubeconfigState& b) { return a.cluster_id < b.cluster_id; });
  return states;
}

absl::StatusOr<KubeconfigState> ParseKubeconfigState(const nlohmann::json& item) {
  JsonReader in = JsonReader::Of(item, "ListUserKubeConfigStates's reply: state");
  KubeconfigState state;
  state.cluster_id = in.NonEmptyString("cluster_id");
  state.cluster_name = in.OptionalString("cluster_name");
  state.cluster_state = in.OptionalString("cluster_state");
  state.state = in.NonEmptyString("cert_state");
  state.expires = in.OptionalString("cert_expire_time");
  if (!in.status().ok()) return in.status();
  return state;
}

}  // namespace credential_provider
