#include "credential_provider/alibaba_cloud/kubeconfig_states.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using nlohmann::json;

TEST(ParseKubeconfigStateTest, ReadsTheFieldsThatAckReturns) {
  const auto state = ParseKubeconfigState({{"cluster_id", "c1"},
                                           {"cluster_name", "dev"},
                                           {"cluster_state", "running"},
                                           {"cert_state", "Unexpired"},
                                           {"cert_expire_time", "2029-01-02T03:04:05Z"}});
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->cluster_id, "c1");
  EXPECT_EQ(state->cluster_name, "dev");
  EXPECT_EQ(state->cluster_state, "running");
  EXPECT_EQ(state->state, "Unexpired");
  EXPECT_EQ(state->expires, "2029-01-02T03:04:05Z");
}

TEST(ParseKubeconfigStateTest, NeedsTheClusterAndTheState) {
  EXPECT_TRUE(ParseKubeconfigState({{"cluster_id", "c1"}, {"cert_state", "Unissued"}}).ok());
  EXPECT_FALSE(ParseKubeconfigState({{"cluster_id", "c1"}}).ok());
  EXPECT_FALSE(ParseKubeconfigState({{"cert_state", "Unissued"}}).ok());
  EXPECT_FALSE(ParseKubeconfigState({{"cluster_id", "c1"}, {"cert_state", 1}}).ok());
  EXPECT_FALSE(ParseKubeconfigState("c1").ok());
}

}  // namespace
}  // namespace credential_provider
