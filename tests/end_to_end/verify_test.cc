// What of `kubeconfig_writer verify` and `list` depends on the time, and so is no case in testdata/cli.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kContext[] = "ack-c00000000000000000000000000000001";
constexpr int kFiftyYears = 50 * 365 * 24 * 3600;

// Runs the arguments after the first where the system's only authority is the one in the file that comes
// first: in a mount namespace, which nobody else sees.
constexpr char kWithSystemAuthority[] = R"(
set -e
mkdir authorities
cp "$1" authorities/ca-certificates.crt
cp "$1" "authorities/$(openssl x509 -noout -hash -in "$1").0"
mount --bind authorities /etc/ssl/certs
shift
exec "$@"
)";

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    const ProcessResult installed =
        world_.Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                    world_.sandbox.Value("cloud"), "--store", "disk"});
    ASSERT_EQ(installed.status, 0) << installed.err;
  }

  ProcessResult Verify() { return world_.Run({"kubeconfig_writer", "verify", kContext}); }
  // A kubeconfig at `token` in the home, whose context `a` goes to the sandbox's API server with a token.
  void WriteTokenKubeconfig(const std::string& authority) {
    Spill(world_.home.Path("token"), "clusters: [{name: a, cluster: {server: \"" +
                                         world_.sandbox.Value("api_server") +
                                         "\", certificate-authority: \"" + authority +
                                         "\"}}]\nusers: [{name: a, user: {token: abc}}]\n"
                                         "contexts: [{name: a, context: {cluster: a, user: a}}]\n");
  }
  ProcessResult List() { return world_.Run({"kubeconfig_writer", "list"}); }

  World world_{SharedSandbox()};
};

TEST_F(VerifyTest, EachStepIsSaidAndTheCredentialIsThenStored) {
  ASSERT_EQ(world_.Run({"credential_provider", "forget", "--all"}).status, 0);
  EXPECT_THAT(List().out, HasSubstr("  not stored  "));
  const ProcessResult verified = Verify();
  ASSERT_EQ(verified.status, 0) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("/credential_provider answers in client.authentication.k8s.io/v1\n"));
  EXPECT_THAT(verified.out, HasSubstr("ok  credential: a client certificate until "));
  EXPECT_THAT(verified.out, HasSubstr("ok  caller: the cluster knows it as 200000000000000001-"));
  EXPECT_THAT(verified.out, HasSubstr("ok  namespaces: may be listed\nok  all is well\n"));
  EXPECT_THAT(List().out, HasSubstr("  expires in 5"));
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
  // A token has no end; the certificate of the sandbox has one in 2060.
  WriteTokenKubeconfig(world_.sandbox.Value("ca_file"));
  world_.env["KUBECONFIG"] = world_.home.Path("token");
  world_.clock_shift_s = kFiftyYears;
  const ProcessResult refused = world_.Run({"kubeconfig_writer", "verify", "a"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("TLS: the server's certificate has expired or is not valid yet\n"));
  EXPECT_THAT(refused.err, HasSubstr("hint: check this machine's clock"));
}

TEST_F(VerifyTest, AGivenAuthorityTakesThePlaceOfTheSystems) {
  if (RunProcess({"unshare", "-rm", "mount", "--bind", "/etc/ssl/certs", "/etc/ssl/certs"}, {}).status != 0)
    GTEST_SKIP() << "no mount namespaces here, so the system's authorities cannot be others";
  const std::string other = world_.home.Path("other.pem");
  ASSERT_EQ(world_
                .Run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                      "-nodes", "-subj", "/CN=other", "-keyout", "/dev/null", "-out", other})
                .status,
            0);
  const auto run = [this](std::vector<std::string> command) {
    std::vector<std::string> args = {
        "unshare", "-rm", "sh", "-c", kWithSystemAuthority, "sh", world_.sandbox.Value("ca_file")};
    command[0] = Runfile(command[0] + "/" + command[0]);
    args.insert(args.end(), command.begin(), command.end());
    std::filesystem::remove_all(world_.home.Path("authorities"));
    return world_.Run(args);
  };
  const auto get = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"credential_provider", "get", "ack", "--cluster-id", kCluster, "--store",
                               "none", "--cs-endpoint", world_.sandbox.Value("cloud_tls")});
    return run(more);
  };
  const ProcessResult trusted = get({});
  EXPECT_EQ(trusted.status, 0) << trusted.err;
  EXPECT_THAT(get({"--ca-file", other}).err, HasSubstr("TLS: no authority that is trusted here signed"));

  WriteTokenKubeconfig(other);
  EXPECT_THAT(run({"kubeconfig_writer", "verify", "a", "--kubeconfig", world_.home.Path("token")}).err,
              HasSubstr("TLS: no authority that is trusted here signed"));
}

}  // namespace
}  // namespace credential_provider
