// A CI job of 40 minutes that runs kubectl every minute, by a clock that is set forward: a runner token of five
// minutes, certificates of 15.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;

constexpr int kMinutes = 40;

class CiJobTest : public testing::Test {
 protected:
  CiJobTest() {
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    world_.env["CI"] = "true";
    world_.env["ACTIONS_ID_TOKEN_REQUEST_URL"] =
        world_.sandbox.Value("cloud") + "/actions-id-token?api-version=2.0";
    world_.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "sandbox-actions-request-token";
    world_.sandbox.Post("/config", {{"id_token_lifetime_s", 300}});
  }

  // Runs the job and returns what the sandbox was asked. Every kubectl must succeed.
  json RunJob(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"--identity", "oidc", "--duration", "15m", "--role-arn",
                                     "acs:ram::1000000000000001:role/ack-reader", "--oidc-provider-arn",
                                     "acs:ram::1000000000000001:oidc-provider/ci"};
    args.insert(args.end(), more.begin(), more.end());
    world_.WriteKubeconfig(args);
    for (int minute = 0; minute < kMinutes; ++minute) {
      world_.clock_shift_s = 60 * minute;
      world_.sandbox.Post("/clock", {{"skew_s", 60 * minute}});
      const ProcessResult result = world_.Run({"kubectl", "get", "--raw", "/version"});
      EXPECT_EQ(result.status, 0) << "in minute " << minute << ": " << result.err;
      EXPECT_EQ(result.err, "") << "in minute " << minute;
    }
    return world_.sandbox.Get("/counts");
  }

  StoreWorld world_{SharedSandbox()};
};

// A certificate is handed out until two minutes are left of its printed 14, so each serves 12 minutes: in 40
// minutes there are four. A session of an hour is enough for all of them, and so is one token.
TEST_F(CiJobTest, FourCertificatesAndOneTokenWithASessionOfAnHour) {
  const json counts = RunJob();
  EXPECT_EQ(counts.at("cs"), 4);
  EXPECT_EQ(counts.at("by_action").at("AssumeRoleWithOIDC"), 1);
  EXPECT_EQ(counts.at("by_action").at("ActionsIdToken"), 1);
}

// A session of 15 minutes is used until three are left: the certificates of minutes 0, 12, 24 and 36 need a new one
// each, and a new one needs a new token, because the last has ended.
TEST_F(CiJobTest, ATokenForEachCertificateWithSessionsAsLongAsThose) {
  const json counts = RunJob({"--role-duration", "15m"});
  EXPECT_EQ(counts.at("cs"), 4);
  EXPECT_EQ(counts.at("by_action").at("AssumeRoleWithOIDC"), 4);
  EXPECT_EQ(counts.at("by_action").at("ActionsIdToken"), 4);
}

}  // namespace
}  // namespace credential_provider
