#include "credential_provider/alibaba_cloud/user_kubeconfig.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

// The shape that ACK returns, with "FAKE" for every PEM text.
constexpr char kConfig[] = R"(
apiVersion: v1
clusters:
- cluster:
    server: https://192.0.2.10:6443
    certificate-authority-data: RkFLRQ==
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: "200000000000000001"
  name: 200000000000000001-c0123456789abcdef0123456789abcde0
current-context: 200000000000000001-c0123456789abcdef0123456789abcde0
kind: Config
preferences: {}
users:
- name: "200000000000000001"
  user:
    client-certificate-data: RkFLRQ==
    client-key-data: RkFLRS1LRVk=
)";

std::string Reply(const std::string& config, const char* expiration = "2026-01-02T03:19:05Z") {
  return nlohmann::json({{"config", config}, {"expiration", expiration}}).dump();
}

TEST(ParseUserKubeconfigTest, ReadsTheShapeThatAckReturns) {
  const auto kubeconfig = ParseUserKubeconfig(Reply(kConfig));
  ASSERT_TRUE(kubeconfig.ok()) << kubeconfig.status();
  EXPECT_EQ(kubeconfig->server, "https://192.0.2.10:6443");
  EXPECT_EQ(kubeconfig->certificate_authority_data, "RkFLRQ==");
  EXPECT_EQ(kubeconfig->client_certificate_pem, "FAKE");
  EXPECT_EQ(kubeconfig->client_key_pem.Reveal(), "FAKE-KEY");
  EXPECT_EQ(kubeconfig->expiration, absl::FromUnixSeconds(1767323945));
}

TEST(ParseUserKubeconfigTest, ReadsTheSameInFlowStyle) {
  const auto kubeconfig =
      ParseUserKubeconfig(Reply("{clusters: [{cluster: {server: 'https://a'}}], users: [{user: "
                                "{client-key-data: RkFLRQ==, client-certificate-data: RkFLRQ==}}]}"));
  ASSERT_TRUE(kubeconfig.ok()) << kubeconfig.status();
  EXPECT_EQ(kubeconfig->server, "https://a");
}

TEST(ParseUserKubeconfigTest, WithoutAnExpirationTheCertificateDecides) {
  EXPECT_EQ(ParseUserKubeconfig(nlohmann::json({{"config", kConfig}}).dump())->expiration,
            absl::InfiniteFuture());
}

TEST(ParseUserKubeconfigTest, ErrorsQuoteNothingOfTheReply) {
  for (const char* config :
       {"users: [{user: {client-key-data: MARKED", "MARKED", "{\tMARKED: 1}",
        "clusters: [{cluster: {}}]\nusers: [{user: {client-certificate-data: 'MARKED!'}}]"}) {
    const absl::Status status = ParseUserKubeconfig(Reply(config)).status();
    EXPECT_FALSE(status.ok()) << config;
    EXPECT_THAT(std::string(status.message()), testing::Not(testing::HasSubstr("MARKED")));
  }
}

}  // namespace
}  // namespace credential_provider
