// What of `kubeconfig_writer verify` and `list` depends on the time, and so is no case in testdata/cli.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kContext[] = "ack-c00000000000000000000000000000001";
constexpr int kFiftyYears = 50 * 365 * 24 * 3600;

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    const ProcessResult installed =
        world_.Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                    world_.sandbox.Value("cloud"), "--store", "disk"});
    ASSERT_EQ(installed.status, 0) << installed.err;
  }

  ProcessResult Verify() { return world_.Run({"kubeconfig_writer", "verify", kContext}); }
  ProcessResult List() { return world_.Run({"kubeconfig_writer", "list"}); }

  World world_{SharedSandbox()};
};

TEST_F(VerifyTest, EachStepIsSaidAndTheCredentialIsThenStored) {
  EXPECT_THAT(List().out, HasSubstr("  not stored  "));
  const ProcessResult verified = Verify();
  ASSERT_EQ(verified.status, 0) << verified.err;
  EXPECT_THAT(verified.out,
              HasSubstr("ok  plugin: credential_provider answers in client.authentication.k8s.io/v1\n"));
  EXPECT_THAT(verified.out, HasSubstr("ok  credential: a client certificate until "));
  EXPECT_THAT(verified.out, HasSubstr("ok  caller: the cluster knows it as 200000000000000001-"));
  EXPECT_THAT(verified.out, HasSubstr("ok  namespaces: may be listed\nok  all is well\n"));
  EXPECT_THAT(List().out, HasSubstr("  ends in 5"));
}

TEST_F(VerifyTest, ListAsksNobody) {
  world_.sandbox.Post("/reset");
  world_.forbid_sockets = true;
  EXPECT_EQ(List().status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 0);
}

TEST_F(VerifyTest, ARevokedCertificateIsTheClustersRefusal) {
  ASSERT_EQ(Verify().status, 0);
  world_.sandbox.Post("/revoke", {{"identity", "sandbox-alice"}});
  const ProcessResult refused = Verify();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("error: api server: HTTP 401: the cluster does not know the caller"));
}

TEST_F(VerifyTest, AServersCertificateThatHasEndedIsToldFromOtherFailuresOfTls) {
  // A token, which has no end; the certificate of the sandbox has one in 2060.
  Spill(world_.home.Path("token"), "clusters: [{name: a, cluster: {server: \"" +
                                       world_.sandbox.Value("api_server") + "\", certificate-authority: \"" +
                                       world_.sandbox.Value("ca_file") +
                                       "\"}}]\nusers: [{name: a, user: {token: abc}}]\ncontexts: [{name: a, "
                                       "context: {cluster: a, user: a}}]\n");
  world_.env["KUBECONFIG"] = world_.home.Path("token");
  world_.env["LD_PRELOAD"] = Runfile("tests/testing/libshifted_clock.so");
  world_.env["CLOCK_SHIFT_S"] = std::to_string(kFiftyYears);
  const ProcessResult refused = world_.Run({"kubeconfig_writer", "verify", "a"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("TLS: the server's certificate has ended or is not valid yet\n"));
  EXPECT_THAT(refused.err, HasSubstr("hint: check this machine's clock"));
}

}  // namespace
}  // namespace credential_provider
