#include "kubeconfig_writer/clusters/cluster_address.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

// A certificate in PEM, in base64.
constexpr char kAuthority[] =
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJrakNDQVRnQ0FoQUFNQW9HQ0NxR1NNNDlCQU1DTUdveEtqQW9CZ05WQkFv"
    "TUlXTXdNREF3TURBd01EQXcKTURBd01EQXdNREF3TURBd01EQXdNREF3TURBd01URVFNQTRHQTFVRUN3d0haR1ZtWVhWc2RERXFN"
    "Q2dHQTFVRQpBd3doWXpBd01EQXdNREF3TURBd01EQXdNREF3TURBd01EQXdNREF3TURBd01EQXhNQjRYRFRJd01ERXdNVEF3Ck1E"
    "QXdNRm9YRFRJek1ERXdNVEF3TURBd01Gb3dQekVWTUJNR0ExVUVDZ3dNYzNsemRHVnRPblZ6WlhKek1TWXcKSkFZRFZRUUREQjB5"
    "TURBd01EQXdNREF3TURBd01EQXdNREV0TVRZd01EQXdNREF3TURCWk1CTUdCeXFHU000OQpBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJC"
    "K3hsMWpXRWF5YkoyMFQxVS9FMHVHUGxjNmkyeEhHUXN1MkRrMTlhTjhQCmdJMEZyL1hEWDF3R1dxZFhsOVd6MHVKNnlxUW9RVWdt"
    "Sk1ZaEc2MEM0NFV3Q2dZSUtvWkl6ajBFQXdJRFNBQXcKUlFJZ2FoN3ZlWC8vWFFXSXlRa2NjMDFvbFdKWHdzSXN0ZmN4R1pneDlX"
    "Y1J5M3NDSVFDN0NCZCtGR05qdUxpTQowczdnc1Nza0lLMHZsOWZWVC8vQjNwVDRZbE0wRVE9PQotLS0tLUVORCBDRVJUSUZJQ0FU"
    "RS0tLS0tCg==";

absl::Status Check(const std::string& server, bool private_endpoint = false,
                   const std::string& ca = kAuthority, ServerAddress address = ServerAddress::kOfAck) {
  credential_provider::UserKubeconfig cluster;
  cluster.server = server;
  cluster.certificate_authority_data = ca;
  credential_provider::AckOptions options;
  options.cluster_id = "c1";
  options.private_endpoint = private_endpoint;
  return CheckCluster(cluster, options, address);
}

TEST(CheckClusterTest, TakesAnHttpsServerWithAnAuthority) {
  EXPECT_TRUE(Check("https://203.0.113.7:6443").ok());
  EXPECT_TRUE(Check("https://api.example.com:6443").ok());
  EXPECT_FALSE(Check("http://203.0.113.7:6443").ok());
  EXPECT_FALSE(Check("https://203.0.113.7:6443", false, "").ok());
  EXPECT_FALSE(Check("https://203.0.113.7:6443", false, "not base64!").ok());
  EXPECT_FALSE(Check("https://203.0.113.7:6443", false, "RkFLRQ==").ok()) << "no PEM";
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

TEST(CheckClusterTest, AnAddressOfTheCallersOwnNeedsNoneOfAcksButItsAuthority) {
  EXPECT_TRUE(Check("", false, kAuthority, ServerAddress::kGiven).ok());
  EXPECT_FALSE(Check("", false, "RkFLRQ==", ServerAddress::kGiven).ok());
}

}  // namespace
}  // namespace kubeconfig_writer
