#include "kubeconfig_writer/clusters/cluster_address.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

absl::Status Check(const std::string& server, bool private_endpoint = false,
                   const std::string& ca = "RkFLRQ==") {
  credential_provider::UserKubeconfig cluster;
  cluster.server = server;
  cluster.certificate_authority_data = ca;
  credential_provider::AckOptions options;
  options.cluster_id = "c1";
  options.private_endpoint = private_endpoint;
  return CheckCluster(cluster, options);
}

TEST(CheckClusterTest, TakesAnHttpsServerWithAnAuthority) {
  EXPECT_TRUE(Check("https://203.0.113.7:6443").ok());
  EXPECT_TRUE(Check("https://api.example.com:6443").ok());
  EXPECT_FALSE(Check("http://203.0.113.7:6443").ok());
  EXPECT_FALSE(Check("https://203.0.113.7:6443", false, "").ok());
  EXPECT_FALSE(Check("https://203.0.113.7:6443", false, "not base64!").ok());
}

TEST(CheckClusterTest, APrivateAddressIsNoPublicEndpoint) {
  for (const char* host :
       {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "127.0.0.1"}) {
    const std::string server = std::string("https://") + host + ":6443";
    EXPECT_TRUE(absl::IsNotFound(Check(server))) << host;
    EXPECT_TRUE(Check(server, /*private_endpoint=*/true).ok()) << host;
  }
  for (const char* host :
       {"11.0.0.1", "172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1", "9.255.255.255"})
    EXPECT_TRUE(Check(std::string("https://") + host + ":6443").ok()) << host;
}

TEST(CheckClusterTest, NoAddressIsNoEndpoint) {
  EXPECT_EQ(Check("").message(), "cluster c1: has no public endpoint");
  EXPECT_EQ(Check("", true).message(), "cluster c1: has no private endpoint");
}

}  // namespace
}  // namespace kubeconfig_writer
