// What install has asked for is there for the first run of kubectl.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

constexpr char kReader[] = "acs:ram::1000000000000001:role/ack-reader";

class WarmInstallTest : public testing::Test {
 protected:
  void SetUp() override { world_.sandbox.Post("/reset", nlohmann::json::object()); }

  ProcessResult Install(const std::vector<std::string>& more) {
    std::vector<std::string> args = {
        "kubeconfig_writer",           "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
        world_.sandbox.Value("cloud"), "--store", "disk"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }
  // As the stanza has it.
  ProcessResult Get(const std::vector<std::string>& more) {
    std::vector<std::string> args = {
        "credential_provider",         "get",     "ack", "--cluster-id", kCluster, "--cs-endpoint",
        world_.sandbox.Value("cloud"), "--store", "disk"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }
  int Asked(const std::string& action) {
    return world_.sandbox.Get("/counts").at("by_action").value(action, 0);
  }

  World world_{SharedSandbox()};
};

TEST_F(WarmInstallTest, TheFirstKubectlAsksForNothing) {
  ASSERT_EQ(Install({}).status, 0);
  EXPECT_EQ(Get({}).status, 0);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 1);
}

TEST_F(WarmInstallTest, NorDoesItTakeOnTheRoleAgain) {
  ASSERT_EQ(Install({"--role-arn", kReader}).status, 0);
  EXPECT_EQ(Get({"--role-arn", kReader}).status, 0);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 1);
  EXPECT_EQ(Asked("AssumeRole"), 1);
}

TEST_F(WarmInstallTest, AnotherPersonDoesNotGetIt) {
  ASSERT_EQ(Install({}).status, 0);
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-bob";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-bob-secret";
  EXPECT_EQ(Get({}).status, 0);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 2);
}

TEST_F(WarmInstallTest, ADryRunStoresNothing) {
  ASSERT_EQ(Install({"--role-arn", kReader, "--dry-run"}).status, 0);
  EXPECT_EQ(Get({"--role-arn", kReader}).status, 0);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 2);
  EXPECT_EQ(Asked("AssumeRole"), 2);
}

TEST_F(WarmInstallTest, WhatCannotBeWrittenIsNotStored) {
  const std::string others = "users:\n- name: mine\n  user: {username: x}\n";
  Spill(world_.home.Path("theirs"), others);
  EXPECT_EQ(Install({"--context-name", "mine", "--kubeconfig", world_.home.Path("theirs")}).status, 1);
  EXPECT_EQ(Get({}).status, 0);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 2);
}

// A role's session can be taken away before its time: install asks for its own.
TEST_F(WarmInstallTest, ASessionThatIsRefusedHoldsNoInstallUp) {
  ASSERT_EQ(Install({"--role-arn", kReader}).status, 0);
  world_.sandbox.Post("/reset", nlohmann::json::object());  // sessions from before are unknown now
  const ProcessResult again = Install({"--role-arn", kReader});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(Asked("AssumeRole"), 1);
}

class WarmExportTest : public WarmInstallTest {
 protected:
  ProcessResult Export() {
    return world_.Run({"kubeconfig_writer", "export", "--cluster-id", kCluster, "--cs-endpoint",
                       world_.sandbox.Value("cloud"), "--store", "disk", "--role-arn", kReader});
  }
};

TEST_F(WarmExportTest, ExportAndGetTakeTheRoleOnOnce) {
  ASSERT_EQ(Export().status, 0);
  ASSERT_EQ(Get({"--role-arn", kReader}).status, 0);
  ASSERT_EQ(Export().status, 0);
  EXPECT_EQ(Asked("AssumeRole"), 1);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 3);
}

TEST_F(WarmExportTest, ASessionThatIsRefusedIsReplaced) {
  ASSERT_EQ(Get({"--role-arn", kReader}).status, 0);
  world_.sandbox.Post("/reset", nlohmann::json::object());  // sessions from before are unknown now
  const ProcessResult result = Export();
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Asked("AssumeRole"), 1);
}

TEST_F(WarmExportTest, WithTheCallersOwnKeyARefusalIsTheAnswer) {
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-wrong-secret";
  const ProcessResult result =
      world_.Run({"kubeconfig_writer", "export", "--cluster-id", kCluster, "--cs-endpoint",
                  world_.sandbox.Value("cloud"), "--store", "disk"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(Asked("DescribeClusterUserKubeconfig"), 1);
}

}  // namespace
}  // namespace credential_provider
