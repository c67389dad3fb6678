// Any number of runs that miss together: one request.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr int kMany = 200;

class StoreIssuanceTest : public testing::Test {
 protected:
  // What the runs of a script printed, each to a file of its own.
  int CountAnswers(const std::string& text) const {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(world_.home.path())) {
      if (file.path().extension() == ".out" && Slurp(file.path()).find(text) != std::string::npos) ++count;
    }
    return count;
  }
  int CountErrors(const std::string& text) const {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(world_.home.path())) {
      if (file.path().extension() == ".err" && Slurp(file.path()).find(text) != std::string::npos) ++count;
    }
    return count;
  }

  StoreWorld world_{SharedSandbox()};
};

constexpr char kStartMany[] = R"(for i in $(seq $many); do ( "$@" >"$i.out" 2>"$i.err"; : ) & done; wait)";

TEST_F(StoreIssuanceTest, TwoHundredProcessesAtOnceMakeOneRequest) {
  world_.RunScript("many=" + std::to_string(kMany) + "; " + kStartMany, world_.Get());
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_EQ(CountAnswers("clientCertificateData"), kMany);
  const std::string answer = Slurp(world_.home.Path("1.out"));
  EXPECT_EQ(CountAnswers(answer), kMany) << "all have the same credential";
  EXPECT_EQ(CountErrors("credential_provider"), 0);
}

TEST_F(StoreIssuanceTest, WhenTheOneThatAsksIsKilledTheNextAsksAndAllAreAnswered) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}});
  world_.RunScript(R"(
      "$@" >first.log 2>&1 & holder=$!
      for i in $(seq 100); do [ -e "$STORE" ] && break; sleep 0.05; done
      sleep 0.5
      for i in $(seq 200); do ( "$@" >"$i.out" 2>"$i.err"; : ) & done
      sleep 1
      kill -9 $holder
      wait)",
                   [&] {
                     world_.env["STORE"] = world_.Folder();
                     return world_.Get();
                   }());
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
  EXPECT_EQ(CountAnswers("clientCertificateData"), kMany);
}

TEST_F(StoreIssuanceTest, AFailingIssuerIsAskedOnceByTheGroupAndAllAreToldWhy) {
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}, {"delay_ms", 1500}});
  world_.RunScript(std::string("many=20; ") + kStartMany, world_.Get());
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_EQ(CountErrors("StatusForbidden"), 20);
  EXPECT_EQ(CountAnswers("client"), 0);
}

TEST_F(StoreIssuanceTest, AFailingIssuerRecoversByItself) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}});
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 1);
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 1) << "remembered";
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_TRUE(StoreWorld::Eventually([&] { return world_.RunForClient(world_.Get()).status == 0; }));
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(StoreIssuanceTest, FurtherStartsByOneProcessFailWithOneShortLine) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  world_.RunScript(R"(for i in 1 2 3 4 5; do "$@" 2>$i.err; done; :)", world_.Get());
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  EXPECT_THAT(Slurp(world_.home.Path("1.err")), HasSubstr("hint: "));
  const std::string second = Slurp(world_.home.Path("2.err"));
  EXPECT_THAT(second, HasSubstr("credential_provider: error: not tried again so soon: "));
  EXPECT_EQ(std::count(second.begin(), second.end(), '\n'), 1);
  EXPECT_EQ(CountErrors("not tried again so soon"), 4);
}

TEST_F(StoreIssuanceTest, WaitingForAnotherRunIsBounded) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  world_.RunScript(R"(
      "$@" --timeout 2m >first.log 2>&1 & holder=$!
      for i in $(seq 100); do [ -e "$STORE" ] && break; sleep 0.05; done
      sleep 0.5
      "$@" --timeout 1s >1.out 2>1.err
      kill -9 $holder)",
                   [&] {
                     world_.env["STORE"] = world_.Folder();
                     return world_.Get();
                   }());
  EXPECT_EQ(Slurp(world_.home.Path("1.err")),
            "credential_provider: error: another run is still asking for this credential, after 6s\n");
  EXPECT_EQ(Slurp(world_.home.Path("1.out")), "");
}

TEST_F(StoreIssuanceTest, StatusCountsStartsAndIssuances) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(world_.RunForClient(world_.Get()).status, 0);
  const nlohmann::json status = world_.Status();
  EXPECT_EQ(status.value("starts", 0), 5);
  EXPECT_EQ(status.value("issuances", 0), 1);
  EXPECT_EQ(status.value("store", ""), "disk");
  EXPECT_EQ(status.value("cluster", ""), kCluster);
}

TEST_F(StoreIssuanceTest, ForgetTakesTheArgumentsOfGet) {
  ASSERT_EQ(world_.Run(world_.Get()).status, 0);
  std::vector<std::string> forget = world_.Get();
  forget[1] = "forget";
  EXPECT_EQ(world_.Run(forget).out, "forgot 1 credential\n");
  EXPECT_EQ(world_.Run(forget).out, "forgot 0 credentials\n");
  EXPECT_EQ(world_.Run(world_.Get()).status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
}

TEST_F(StoreIssuanceTest, WithoutAStoreEachRunAsksAndLeavesNothing) {
  ASSERT_EQ(world_.Run(world_.GetAck({"--store", "none"})).status, 0);
  ASSERT_EQ(world_.Run(world_.GetAck({"--store", "none"})).status, 0);
  EXPECT_EQ(world_.sandbox.Count("cs"), 2);
  EXPECT_TRUE(std::filesystem::is_empty(world_.home.path()));
}

}  // namespace
}  // namespace credential_provider
