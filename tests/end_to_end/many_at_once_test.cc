// Many clusters at once: `install --all` and `warm`.
#include <chrono>
#include <map>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::Gt;
using testing::HasSubstr;
using testing::Le;

constexpr char kReader[] = "acs:ram::1000000000000001:role/ack-reader";
constexpr char kUserKubeconfig[] = "DescribeClusterUserKubeconfig";
constexpr int kClusters = 15;  // that can be installed: three of the sandbox's own, and the extra ones

class ManyAtOnceTest : public testing::Test {
 protected:
  void SetUp() override { world_.sandbox.Post("/config", {{"extra_clusters", kClusters - 3}}); }

  ProcessResult Writer(std::vector<std::string> args, const std::vector<std::string>& more = {}) {
    args.insert(args.begin(), "kubeconfig_writer");
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }
  ProcessResult InstallAll(const std::vector<std::string>& more = {}) {
    return Writer({"install", "ack", "--all", "--cs-endpoint", world_.sandbox.Value("cloud"), "--store",
                   "disk", "--calls-per-second", "100"},
                  more);
  }
  ProcessResult Warm(const std::vector<std::string>& args = {"--all"}) {
    return Writer({"warm", "--calls-per-second", "100"}, args);
  }
  int Asked(const std::string& action) {
    return world_.sandbox.Get("/counts").at("by_action").value(action, 0);
  }
  void ForgetAll() {
    ASSERT_EQ(world_.Run({"credential_provider", "forget", "--all", "--store", "disk"}).status, 0);
  }
  // A new count; the clusters stay.
  void CountAnew() {
    before_.clear();
    for (const char* const action : {kUserKubeconfig, "DescribeClustersV1", "AssumeRole"})
      before_[action] = Asked(action);
  }
  int AskedSince(const std::string& action) { return Asked(action) - before_[action]; }
  std::set<int> ConnectionsOf(const std::string& action) {
    std::set<int> connections;
    for (const auto& request : world_.sandbox.Get("/requests")) {
      if (request.at("action") == action) connections.insert(request.at("connection").get<int>());
    }
    return connections;
  }

  World world_{SharedSandbox()};
  std::map<std::string, int> before_;
};

TEST_F(ManyAtOnceTest, InstallAsksForEachOnceOverFewConnections) {
  const ProcessResult installed = InstallAll({"--parallel", "3"});
  EXPECT_EQ(installed.status, 0) << installed.err;
  EXPECT_THAT(installed.out, HasSubstr("in all: 15 written, 0 as they were, 0 failed, "));
  EXPECT_EQ(Asked(kUserKubeconfig), kClusters);
  EXPECT_THAT(ConnectionsOf(kUserKubeconfig).size(), AllOf(Gt(0U), Le(3U)));
}

TEST_F(ManyAtOnceTest, TheSecondInstallAsksForNothingButTheList) {
  ASSERT_EQ(InstallAll().status, 0);
  CountAnew();
  const ProcessResult again = InstallAll();
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("in all: 0 written, 15 as they were, 0 failed, "));
  EXPECT_EQ(AskedSince(kUserKubeconfig), 0);
  EXPECT_EQ(AskedSince("DescribeClustersV1"), 1);
}

TEST_F(ManyAtOnceTest, WhatTheEntrySaysOtherwiseIsAskedAbout) {
  ASSERT_EQ(InstallAll().status, 0);
  const std::string file = world_.home.Path(".kube/config");
  std::string text = Slurp(file);
  const std::string server = "server: https://";
  text.replace(text.find(server), server.size(), "server: https://moved.");  // as somebody may have set it
  Spill(file, text);
  CountAnew();
  EXPECT_EQ(InstallAll().status, 0);
  EXPECT_EQ(AskedSince(kUserKubeconfig), 1);
  CountAnew();
  EXPECT_EQ(InstallAll({"--duration", "2h"}).status, 0);  // another stanza
  EXPECT_EQ(AskedSince(kUserKubeconfig), kClusters);
  ForgetAll();
  CountAnew();
  EXPECT_EQ(InstallAll({"--duration", "2h"}).status, 0);  // nothing is stored
  EXPECT_EQ(AskedSince(kUserKubeconfig), kClusters);
}

TEST_F(ManyAtOnceTest, WhoNamesOneClusterHasItAskedAbout) {
  const std::vector<std::string> one = {"install", "ack",           "--cluster-id",
                                        kCluster,  "--cs-endpoint", world_.sandbox.Value("cloud"),
                                        "--store", "disk"};
  ASSERT_EQ(Writer(one).status, 0);
  CountAnew();
  EXPECT_EQ(Writer(one).status, 0);
  EXPECT_EQ(AskedSince(kUserKubeconfig), 1);
}

TEST_F(ManyAtOnceTest, OneThatFailsLeavesTheOthers) {
  world_.sandbox.Post("/fault", {{"match", {{"path", std::string("/k8s/") + kOtherCluster + "/user_config"}}},
                                 {"error", "ErrorClusterNotFound"},
                                 {"times", -1}});
  const ProcessResult installed = InstallAll();
  EXPECT_EQ(installed.status, 1);
  EXPECT_THAT(installed.err, HasSubstr(kOtherCluster));
  EXPECT_THAT(installed.out, HasSubstr("in all: 14 written, 0 as they were, 1 failed, "));
}

// With its answers a second late, what is done when the signal comes is kept.
TEST_F(ManyAtOnceTest, StoppedItKeepsWhatIsDone) {
  world_.sandbox.Post("/fault", {{"match", {{"action", kUserKubeconfig}}}, {"delay_ms", 400}, {"times", -1}});
  const ProcessResult stopped =
      world_.Run({"timeout", "--preserve-status", "-s", "INT", "2",
                  Runfile("kubeconfig_writer/kubeconfig_writer"), "install", "ack", "--all", "--cs-endpoint",
                  world_.sandbox.Value("cloud"), "--store", "disk", "--parallel", "2"});
  EXPECT_EQ(stopped.status, 1) << stopped.err;
  EXPECT_THAT(stopped.err, HasSubstr("clusters were not asked about"));
  EXPECT_THAT(stopped.out, HasSubstr("wrote context "));
  const ProcessResult listed = Writer({"list"});
  EXPECT_THAT(listed.out, HasSubstr("expires in"));
}

TEST_F(ManyAtOnceTest, WarmStoresWhatIsMissingAndThenSaysNothing) {
  ASSERT_EQ(InstallAll().status, 0);
  const ProcessResult nothing = Warm();
  EXPECT_EQ(nothing.status, 0) << nothing.err;
  EXPECT_EQ(nothing.out + nothing.err, "");
  EXPECT_EQ(Asked(kUserKubeconfig), kClusters);
  ForgetAll();
  const ProcessResult warmed = Warm();
  EXPECT_EQ(warmed.status, 0) << warmed.err;
  EXPECT_EQ(warmed.out, "stored: 15, good already: 0\n");
  EXPECT_EQ(Asked(kUserKubeconfig), 2 * kClusters);
  EXPECT_EQ(world_.Run(world_.GetAck({"--region", "cn-hangzhou", "--store", "disk"})).status, 0);
  EXPECT_EQ(Asked(kUserKubeconfig), 2 * kClusters);
}

TEST_F(ManyAtOnceTest, WarmRenewsWhatIsInTheLastPartOfItsLife) {
  ASSERT_EQ(InstallAll().status, 0);
  world_.clock_shift_s = int64_t{55} * 60;
  world_.sandbox.Post("/clock", {{"skew_s", 55 * 60}});
  EXPECT_EQ(Warm().out, "stored: 15, good already: 0\n");
}

TEST_F(ManyAtOnceTest, WarmTakesTheRoleOnOnce) {
  ASSERT_EQ(InstallAll({"--role-arn", kReader}).status, 0);
  ForgetAll();
  CountAnew();
  EXPECT_EQ(Warm().status, 0);
  EXPECT_EQ(AskedSince("AssumeRole"), 1);
  EXPECT_EQ(AskedSince(kUserKubeconfig), kClusters);
}

// STS is that of the region.
TEST_F(ManyAtOnceTest, WhoCannotSignInIsToldOnceForEachRegion) {
  ASSERT_EQ(InstallAll({"--role-arn", kReader}).status, 0);
  ForgetAll();
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "wrong";
  CountAnew();
  const ProcessResult warmed = Warm();
  EXPECT_EQ(warmed.status, 1);
  EXPECT_EQ(warmed.out, "");
  EXPECT_THAT(warmed.err, AllOf(HasSubstr(" and 11 more: "), HasSubstr("SignatureDoesNotMatch")));
  EXPECT_EQ(AskedSince("AssumeRole"), 4);
  EXPECT_EQ(AskedSince(kUserKubeconfig), 0);
}

TEST_F(ManyAtOnceTest, WhatAllFailByIsSaidOnce) {
  ASSERT_EQ(InstallAll().status, 0);
  ForgetAll();
  world_.sandbox.Post("/config", {{"config_text", "no kubeconfig"}, {"extra_clusters", kClusters - 3}});
  const ProcessResult warmed = Warm();
  EXPECT_EQ(warmed.status, 1);
  EXPECT_EQ(warmed.out, "");
  EXPECT_THAT(warmed.err, HasSubstr(" more: DescribeClusterUserKubeconfig"));
}

TEST_F(ManyAtOnceTest, WarmOfOneContextAndOfTheCurrentOne) {
  const std::string context = std::string("ack-") + kCluster;
  ASSERT_EQ(InstallAll().status, 0);
  EXPECT_EQ(Warm({}).status, 2);  // no current-context
  ForgetAll();
  EXPECT_EQ(Warm({context}).out, "stored: 1, good already: 0\n");
  ASSERT_EQ(world_.Run({"kubectl", "config", "use-context", context}).status, 0);
  EXPECT_EQ(Warm({}).out, "");
  const ProcessResult unknown = Warm({"nobody"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("context nobody"), HasSubstr("kubeconfig_writer list")));
  EXPECT_EQ(Warm({"--all", context}).status, 2);
}

TEST_F(ManyAtOnceTest, WarmOfWhatStoresNothingIsAnError) {
  ASSERT_EQ(Writer({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                    world_.sandbox.Value("cloud"), "--store", "none"})
                .status,
            0);
  const ProcessResult warmed = Warm();
  EXPECT_EQ(warmed.status, 1);
  EXPECT_THAT(warmed.err, HasSubstr("--store none"));
}

TEST_F(ManyAtOnceTest, NoMoreCallsASecondThanAllowed) {
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(Writer({"install", "ack", "--all", "--cs-endpoint", world_.sandbox.Value("cloud"), "--store",
                    "disk", "--calls-per-second", "10"})
                .status,
            0);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1300));
}

TEST_F(ManyAtOnceTest, NumbersThatCannotBeAreRefused) {
  for (const char* const flag : {"--parallel", "--calls-per-second"}) {
    for (const char* const value : {"0", "-1", "x", "1000"}) {
      const ProcessResult refused = Writer({"warm", "--all", flag, value});
      EXPECT_EQ(refused.status, 2) << flag << value;
      EXPECT_THAT(refused.err, AllOf(HasSubstr(flag), HasSubstr("not a number from 1 to")));
    }
  }
}

}  // namespace
}  // namespace credential_provider
