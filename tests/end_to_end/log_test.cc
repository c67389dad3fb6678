// CREDENTIAL_PROVIDER_LOG: what a run tells about itself, where it goes, and that it is in nobody's way.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class LogTest : public testing::Test {
 protected:
  LogTest() {
    // As for a client that reads the answer from a pipe of its own.
    world_.env["KUBERNETES_EXEC_INFO"] = kOtherExecInfo;
  }

  void LogAt(const std::string& level) { world_.env["CREDENTIAL_PROVIDER_LOG"] = level; }
  void LogToFile() { world_.env["CREDENTIAL_PROVIDER_LOG_FILE"] = world_.home.Path("log"); }
  void LogJson() { world_.env["CREDENTIAL_PROVIDER_LOG_FORMAT"] = "json"; }

  ProcessResult Get(const std::vector<std::string>& more = {}) { return world_.Run(world_.Get(more)); }

  // The events that a run has logged as JSON, by name; of a repeated one the last.
  static json EventsIn(const std::string& lines) {
    json events = json::object();
    size_t begin = 0;
    for (size_t end; (end = lines.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const json event = json::parse(lines.substr(begin, end - begin));
      events[event.at("event").get<std::string>()] = event;
    }
    return events;
  }

  StoreWorld world_{SharedSandbox()};
};

TEST_F(LogTest, NothingIsLoggedWithoutTheVariable) {
  LogToFile();
  LogJson();
  EXPECT_EQ(Get().err, "");
  EXPECT_NE(access(world_.home.Path("log").c_str(), F_OK), 0);
}

TEST_F(LogTest, AMissTellsWhoAskedOfWhomAndWhereTheAnswerWasPut) {
  LogAt("debug");
  LogJson();
  const json events = EventsIn(Get().err);
  EXPECT_EQ(events.at("start").at("command"), "get ack");
  EXPECT_EQ(events.at("source").at("source"), "environment");
  EXPECT_EQ(events.at("source").at("identity"), "access-key sandbox-alice");
  EXPECT_EQ(events.at("key").at("cluster"), kCluster);
  EXPECT_EQ(events.at("key").at("minutes"), "60");
  EXPECT_EQ(events.at("lookup").at("result"), "miss");
  EXPECT_EQ(events.at("lookup").at("rule"), "missing");
  const json& request = events.at("request");
  EXPECT_EQ(request.at("method"), "GET");
  EXPECT_EQ(request.at("host"), world_.sandbox.Value("cloud"));
  EXPECT_EQ(request.at("action"), "DescribeClusterUserKubeconfig");
  EXPECT_EQ(request.at("status"), 200);
  EXPECT_THAT(request.at("request_id").get<std::string>(), Not(IsEmpty()));
  EXPECT_TRUE(request.at("ms").is_number());
  EXPECT_EQ(events.at("issued").at("result"), "ok");
  EXPECT_EQ(events.at("stored").at("place"), "disk");
  EXPECT_EQ(events.at("end").at("exit_status"), 0);
  EXPECT_FALSE(events.contains("look"));
}

TEST_F(LogTest, AHitTellsByWhichRule) {
  const std::string first = Get().out;
  LogAt("info");
  const ProcessResult hit = Get();
  EXPECT_EQ(hit.out, first);
  EXPECT_THAT(
      hit.err,
      AllOf(HasSubstr(" info source source=environment identity=\"access-key sandbox-alice\""),
            HasSubstr(" info lookup result=hit rule=fresh issued="), HasSubstr(" info end exit_status=0")));
  EXPECT_THAT(hit.err, Not(testing::AnyOf(HasSubstr(" debug "), HasSubstr(" request "))));
}

TEST_F(LogTest, AnExpiredOneAndOneThatIsAlmostAreToldApart) {
  LogAt("info");
  Get();
  world_.clock_shift_s = 58L * 60;
  EXPECT_THAT(Get().err, HasSubstr("result=miss rule=ending"));
  world_.clock_shift_s += 61L * 60;
  EXPECT_THAT(Get().err, HasSubstr("result=miss rule=expired"));
}

TEST_F(LogTest, EachSourceThatWasPassedOverSaysWhy) {
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  LogAt("debug");
  EXPECT_THAT(Get().err, HasSubstr(" info source source=none reason="));
  std::filesystem::create_directories(world_.home.Path(".alibabacloud"));
  Spill(world_.home.Path(".alibabacloud/credentials"),
        "[default]\ntype = access_key\naccess_key_id = sandbox-alice\naccess_key_secret = "
        "sandbox-alice-secret\n");
  EXPECT_THAT(Get().err, AllOf(HasSubstr("source-skipped source=environment reason="),
                               HasSubstr("source-skipped source=aliyun-profile reason="),
                               HasSubstr(" info source source=ini-file identity=")));
}

TEST_F(LogTest, EachPlaceThatWasLookedAtIsTold) {
  LogAt("trace");
  world_.Run(world_.GetAck());
  EXPECT_THAT(world_.Run(world_.GetAck()).err,
              AllOf(HasSubstr(" trace look place="), HasSubstr(" found=yes")));
}

TEST_F(LogTest, ThrottlingTellsHowLongItIsWaitedFor) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cloud"}}},
                                 {"times", 1},
                                 {"reply", {{"status", 503}, {"headers", json::object()}, {"body", "{}"}}}});
  LogAt("debug");
  const ProcessResult result = Get();
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr(" status=503 "),
                                HasSubstr("retry action=DescribeClusterUserKubeconfig attempt=1 pause_ms=")));
}

TEST_F(LogTest, AFailureIsToldOnceItIsMetAndWhenItIsRemembered) {
  world_.sandbox.Post("/fault", {{"match", {{"listener", "cloud"}}},
                                 {"times", -1},
                                 {"reply", {{"status", 403}, {"headers", json::object()}, {"body", "{}"}}}});
  LogAt("info");
  EXPECT_THAT(Get().err, AllOf(HasSubstr("issued result=failed"), HasSubstr("end exit_status=1 error=")));
  EXPECT_THAT(Get().err, AllOf(HasSubstr("backing-off failures=1 "), Not(HasSubstr("issued "))));
}

TEST_F(LogTest, WhatIsRenewedInTheBackgroundIsInTheFile) {
  Get();
  world_.AgeEntry(3600);
  LogAt("info");
  LogToFile();
  LogJson();
  Get({"--refresh-ahead", "90"});
  const auto log = [this] { return Slurp(world_.home.Path("log")); };
  ASSERT_TRUE(StoreWorld::Eventually([&] { return log().find("\"stored\"") != std::string::npos; }));
  const json events = EventsIn(log());
  EXPECT_EQ(events.at("lookup").at("rule"), "due");
  EXPECT_EQ(events.at("renew-ahead").at("issued"), events.at("lookup").at("issued"));
  EXPECT_NE(events.at("renew-ahead").at("pid"), events.at("lookup").at("pid"));
}

TEST_F(LogTest, TheFileIsPrivateAndHoldsEveryRun) {
  LogAt("debug");
  LogToFile();
  EXPECT_EQ(Get().err, "");
  const size_t first = Slurp(world_.home.Path("log")).size();
  EXPECT_EQ(Get().err, "");
  EXPECT_GT(Slurp(world_.home.Path("log")).size(), first);
  struct stat info;
  ASSERT_EQ(stat(world_.home.Path("log").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
}

TEST_F(LogTest, AFileThatIsALinkIsAWarningAndNotFollowed) {
  ASSERT_EQ(symlink(world_.home.Path("elsewhere").c_str(), world_.home.Path("log").c_str()), 0);
  LogAt("info");
  LogToFile();
  const ProcessResult result = Get();
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: CREDENTIAL_PROVIDER_LOG_FILE: nothing is logged: "));
  EXPECT_NE(access(world_.home.Path("elsewhere").c_str(), F_OK), 0);
}

TEST_F(LogTest, AWrongValueIsOneWarningAndTheAnswerComes) {
  const std::string answer = Get().out;
  for (const auto& [level, format] :
       std::vector<std::pair<std::string, std::string>>{{"verbose", ""}, {"1", "xml"}, {"info", "xml"}}) {
    LogAt(level);
    world_.env["CREDENTIAL_PROVIDER_LOG_FORMAT"] = format;
    const ProcessResult result = Get();
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.out, answer);
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 2) << result.err;
    EXPECT_THAT(result.err,
                HasSubstr(level == "info" ? "not one of text, json" : "not one of info, debug, trace"));
  }
}

TEST_F(LogTest, NothingIsPutBetweenAnAnswerAndWhoReadsBothStreamsAsOne) {
  const std::string answer = Get().out;
  std::string command = "exec 2>&1; exec";
  std::vector<std::string> args = world_.Get();
  args[0] = Runfile("credential_provider/credential_provider");
  for (const std::string& arg : args) command += " '" + arg + "'";
  for (const char* level : {"trace", "verbose"}) {
    LogAt(level);
    EXPECT_EQ(world_.Run({"sh", "-c", command}).out, answer);
  }
  LogAt("trace");
  LogToFile();
  EXPECT_EQ(world_.Run({"sh", "-c", command}).out, answer);
  EXPECT_THAT(Slurp(world_.home.Path("log")), HasSubstr(" lookup "));
}

TEST_F(LogTest, KubectlShowsIt) {
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud"), "--kubeconfig", world_.home.Path("config")})
                .status,
            0);
  LogAt("trace");
  const ProcessResult result =
      world_.Run({"kubectl", "--kubeconfig", world_.home.Path("config"), "get", "namespace", "-o", "name"});
  EXPECT_THAT(result.out, HasSubstr("namespace/default")) << result.err;
  EXPECT_THAT(result.err, HasSubstr(" info lookup result=hit rule=fresh "));
}

TEST_F(LogTest, TheWriterLogsItsRequestsToo) {
  LogAt("debug");
  const ProcessResult result =
      world_.Run({"kubeconfig_writer", "clusters", "--cs-endpoint", world_.sandbox.Value("cloud")});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, AllOf(HasSubstr(" kubeconfig_writer["), HasSubstr(" debug request method=GET ")));
}

TEST_F(LogTest, AWrappedPluginIsNotStartedAgainBecauseOfTheLog) {
  Spill(world_.home.Path("plugin.out"),
        "#!/bin/sh\necho x >> '" + world_.home.Path("starts") +
            "'\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
            "\"status\":{\"token\":\"t\",\"expirationTimestamp\":\"2100-01-01T00:00:00Z\"}}'\n");
  chmod(world_.home.Path("plugin.out").c_str(), 0700);
  const std::vector<std::string> get = {"credential_provider",
                                        "get",
                                        "exec",
                                        "--cache-dir",
                                        world_.Folder(),
                                        "--",
                                        world_.home.Path("plugin.out"),
                                        "--password",
                                        "fake-marked-word"};
  world_.Run(get);
  LogAt("trace");
  const ProcessResult logged = world_.Run(get);
  EXPECT_EQ(Slurp(world_.home.Path("starts")), "x\n");
  EXPECT_THAT(logged.err, HasSubstr("command=(hidden)"));
}

}  // namespace
}  // namespace credential_provider
