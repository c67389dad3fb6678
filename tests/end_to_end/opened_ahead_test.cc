// With a role, the connection to Container Service is opened while STS answers.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kReader[] = "acs:ram::1000000000000001:role/ack-reader";

class OpenedAheadTest : public testing::Test {
 protected:
  ProcessResult Get() { return world_.Run(world_.GetAck({"--store", "none", "--role-arn", kReader})); }
  int Asked(const std::string& service) { return world_.sandbox.Get("/counts").at(service); }
  int ConnectionOf(const std::string& action) {
    for (const auto& request : world_.sandbox.Get("/requests"))
      if (request.at("action") == action) return request.at("connection");
    return -1;
  }

  World world_{SharedSandbox()};
};

TEST_F(OpenedAheadTest, EachIsAskedOnceOverAConnectionOfItsOwn) {
  const ProcessResult result = Get();
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Asked("sts"), 1);
  EXPECT_EQ(Asked("cs"), 1);
  EXPECT_NE(ConnectionOf("AssumeRole"), ConnectionOf("DescribeClusterUserKubeconfig"));
}

TEST_F(OpenedAheadTest, ManyTimesOver) {
  for (int i = 0; i < 60; ++i) {
    const ProcessResult result = Get();
    ASSERT_EQ(result.status, 0) << "run " << i << ": " << result.err;
  }
  EXPECT_EQ(Asked("cs"), 60);
}

TEST_F(OpenedAheadTest, WhoGetsNoKeyAsksContainerServiceNothing) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"action", "AssumeRole"}}}, {"error", "NoPermission"}, {"times", -1}});
  const ProcessResult result = Get();
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("AssumeRole"));
  EXPECT_EQ(Asked("cs"), 0);
}

// A session that has ended before its time: the second one is asked for without another connection ahead.
TEST_F(OpenedAheadTest, ARefusedSessionIsReplaced) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "DescribeClusterUserKubeconfig"}}},
                                 {"error", "InvalidSecurityToken.Expired"},
                                 {"status", 401}});
  const ProcessResult result = Get();
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Asked("sts"), 2);
  EXPECT_EQ(Asked("cs"), 2);
}

TEST_F(OpenedAheadTest, ABrokenConnectionIsTriedAgain) {
  world_.sandbox.Post("/fault", {{"match", {{"action", "DescribeClusterUserKubeconfig"}}}, {"reset", true}});
  const ProcessResult result = Get();
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Asked("cs"), 2);
}

TEST_F(OpenedAheadTest, AContainerServiceThatIsNotThereIsSaid) {
  std::vector<std::string> args = world_.GetAck({"--store", "none", "--role-arn", kReader});
  for (std::string& arg : args) {
    if (arg == world_.sandbox.Value("cloud")) arg = "http://127.0.0.1:1";
  }
  const ProcessResult result = world_.Run(args);
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1: Could not connect"));
}

}  // namespace
}  // namespace credential_provider
