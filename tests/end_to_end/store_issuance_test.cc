// Any number of runs that miss together: one request.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/at_terminal.h"

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
  EXPECT_THAT(second,
              testing::MatchesRegex("credential_provider: error: failed .s ago, not asked again yet: .*\n"));
  EXPECT_EQ(std::count(second.begin(), second.end(), '\n'), 1);
  EXPECT_EQ(CountErrors("not asked again yet"), 4);
}

TEST_F(StoreIssuanceTest, AnotherClientIsToldHowOldTheFailureIsAndWhenItIsAskedAgain) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  EXPECT_EQ(world_.RunForClient(world_.Get()).err.find("not asked again"), std::string::npos);
  const std::string again = world_.RunForClient(world_.Get()).err;
  EXPECT_THAT(again, HasSubstr("credential_provider: error: failed "));
  EXPECT_THAT(again, HasSubstr("s ago, not asked again yet: "));
  EXPECT_THAT(again, HasSubstr("; it is asked again in "));
  EXPECT_EQ(std::count(again.begin(), again.end(), '\n'), 2);
}

// Whatever the secret is, and wherever it stands: once it is mended, an earlier failure holds nothing up.

TEST_F(StoreIssuanceTest, AMendedSecretInTheEnvironmentIsTriedAtOnce) {
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "mistyped";
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 1);
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 1);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 0);
}

TEST_F(StoreIssuanceTest, AMendedProfileIsTriedAtOnce) {
  const auto write = [this](const char* secret) {
    const nlohmann::json profile = {
        {"name", "main"}, {"mode", "AK"}, {"access_key_id", "sandbox-alice"}, {"access_key_secret", secret}};
    std::filesystem::create_directories(world_.home.Path(".aliyun"));
    Spill(world_.home.Path(".aliyun/config.json"),
          nlohmann::json({{"current", "main"}, {"profiles", {profile}}}).dump());
  };
  write("mistyped");
  const std::vector<std::string> args = world_.Get({"--identity", "aliyun-profile"});
  EXPECT_EQ(world_.RunForClient(args).status, 1);
  EXPECT_EQ(world_.RunForClient(args).status, 1);
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
  write("sandbox-alice-secret");
  EXPECT_EQ(world_.RunForClient(args).status, 0);
}

TEST_F(StoreIssuanceTest, AFreshOidcTokenIsTriedAtOnce) {
  const auto write = [this](int lifetime_s) {
    world_.secret_files = {"token"};
    Spill(world_.home.Path("token"),
          world_.sandbox.Post("/id-token", {{"audience", "sts.aliyuncs.com"}, {"lifetime_s", lifetime_s}})
              .at("token"));
  };
  write(-60);
  const std::vector<std::string> args =
      world_.Get({"--identity", "oidc", "--oidc-token-file", world_.home.Path("token"), "--oidc-provider-arn",
                  "acs:ram::1000000000000001:oidc-provider/ci", "--role-arn",
                  "acs:ram::1000000000000001:role/ack-reader"});
  EXPECT_THAT(world_.RunForClient(args).err, HasSubstr("the token expired at"));
  EXPECT_THAT(world_.RunForClient(args).err, HasSubstr("not asked again yet"));
  write(300);
  EXPECT_EQ(world_.RunForClient(args).status, 0);
}

TEST_F(StoreIssuanceTest, AMendedProxyIsTriedAtOnce) {
  std::vector<std::string> args = world_.Get();
  *std::find(args.begin(), args.end(), world_.sandbox.Value("cloud")) = "https://cs.example.invalid";
  world_.env["HTTPS_PROXY"] = "http://127.0.0.1:1";
  EXPECT_THAT(world_.RunForClient(args).err, HasSubstr("127.0.0.1:1"));
  world_.env["HTTPS_PROXY"] = "http://127.0.0.1:2";
  EXPECT_THAT(world_.RunForClient(args).err, HasSubstr("127.0.0.1:2"));
}

TEST_F(StoreIssuanceTest, ARemovedSessionIsReplacedInTheSameRun) {
  const auto get = [this](const char* duration) {
    return world_.Run(
        world_.Get({"--role-arn", "acs:ram::1000000000000001:role/ack-reader", "--duration", duration}));
  };
  ASSERT_EQ(get("1h").status, 0);
  world_.sandbox.Post("/reset");  // it knows no session any more
  EXPECT_EQ(get("30m").status, 0);
}

// Node, Java, Ruby and scripts send nothing.

TEST_F(StoreIssuanceTest, AProgramThatSendsNothingGetsAnotherCredentialWhenItAsksAgain) {
  ASSERT_EQ(world_.RunForClient(world_.Get()).status, 0);
  world_.AgeEntry(600);
  world_.RunScript(
      "unset KUBERNETES_EXEC_INFO; for i in 1 2 3 4; do \"$@\" >$i.out; done; sleep 2.1; \"$@\" >5.out; "
      "\"$@\" >6.out; sleep 2.1; \"$@\" >7.out",
      world_.Get());
  EXPECT_EQ(world_.sandbox.Count("cs"), 2) << "one for the question after those of the beginning";
  EXPECT_EQ(Slurp(world_.home.Path("4.out")), Slurp(world_.home.Path("1.out")));
  EXPECT_NE(Slurp(world_.home.Path("5.out")), Slurp(world_.home.Path("1.out")));
  EXPECT_EQ(Slurp(world_.home.Path("7.out")), Slurp(world_.home.Path("5.out")));
}

TEST_F(StoreIssuanceTest, AProgramThatSendsNothingDoesNotAskForAFailureAgain) {
  world_.sandbox.Post("/fault",
                      {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}, {"times", -1}});
  world_.RunScript("unset KUBERNETES_EXEC_INFO; for i in 1 2 3; do \"$@\" 2>$i.err; done; :", world_.Get());
  EXPECT_EQ(world_.sandbox.Count("cs"), 1);
}

TEST_F(StoreIssuanceTest, APersonAtATerminalIsNeverToldOfAnEarlierFailure) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"error", "StatusForbidden"}});
  EXPECT_EQ(world_.RunForClient(world_.Get()).status, 1);
  std::vector<std::string> args = world_.Get();
  args[0] = Runfile("credential_provider/credential_provider");
  EXPECT_EQ(RunAtTerminal(args, world_.env, "").status, 0);
}

// A login that was stopped with Ctrl-Z, say.
TEST_F(StoreIssuanceTest, AStoppedRunIsNamedAndWaitedForOnce) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  world_.RunScript(R"(
      "$@" --timeout 2m >first.log 2>&1 & holder=$!
      for i in $(seq 100); do [ -e "$STORE" ] && break; sleep 0.05; done
      sleep 0.5
      kill -STOP $holder
      echo $holder >holder
      begin=$(date +%s)
      for i in 1 2 3 4 5 6; do "$@" --timeout 1s 2>$i.err; done
      echo $(($(date +%s) - begin)) >seconds
      kill -KILL $holder)",
                   [&] {
                     world_.env["STORE"] = world_.Folder();
                     return world_.Get();
                   }());
  std::string pid = Slurp(world_.home.Path("holder"));
  pid.pop_back();
  EXPECT_EQ(Slurp(world_.home.Path("1.err")), "credential_provider: error: another run, process " + pid +
                                                  " (stopped), is still asking for this credential, after "
                                                  "6s\ncredential_provider: hint: `kill -CONT " +
                                                  pid + "` lets it go on, `kill -KILL " + pid +
                                                  "` ends it\n");
  EXPECT_EQ(CountErrors("is not waited for again yet"), 5);
  EXPECT_LT(std::stoi(Slurp(world_.home.Path("seconds"))), 12);
}

TEST_F(StoreIssuanceTest, WaitingForAnotherRunIsBounded) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"hang", true}, {"times", -1}});
  world_.RunScript(R"(
      "$@" --timeout 2m >first.log 2>&1 & holder=$!
      for i in $(seq 100); do [ -e "$STORE" ] && break; sleep 0.05; done
      sleep 0.5
      echo $holder >holder
      "$@" --timeout 1s >1.out 2>1.err
      kill -9 $holder)",
                   [&] {
                     world_.env["STORE"] = world_.Folder();
                     return world_.Get();
                   }());
  std::string pid = Slurp(world_.home.Path("holder"));
  pid.pop_back();
  EXPECT_EQ(Slurp(world_.home.Path("1.err")),
            "credential_provider: error: another run, process " + pid +
                ", is still asking for this credential, after 6s\ncredential_provider: hint: `ps -fp " + pid +
                "` shows what it is, `kill " + pid + "` ends it\n");
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
