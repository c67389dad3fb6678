// A context is enough: commands about one cluster take what its exec stanza says.
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/installed_world.h"

namespace credential_provider {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ContextsTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Put("bin");
    ASSERT_EQ(Install({"--context-name", "dev"}).status, 0);
    ASSERT_EQ(Install({"--context-name", "edge", "--cluster-id", kOtherCluster}).status, 0);
  }

  ProcessResult Install(const std::vector<std::string>& more) {
    std::vector<std::string> args = {"install", "ack",           "--store",
                                     "disk",    "--cs-endpoint", world_.sandbox.Value("cloud")};
    if (std::find(more.begin(), more.end(), "--cluster-id") == more.end())
      args.insert(args.end(), {"--cluster-id", kCluster});
    args.insert(args.end(), more.begin(), more.end());
    return Writer(args);
  }
  ProcessResult Writer(const std::vector<std::string>& args) {
    return world_.RunAt("bin/kubeconfig_writer", args);
  }
  ProcessResult Provider(const std::vector<std::string>& args) {
    return world_.RunAt("bin/credential_provider", args);
  }
  json Stored() { return json::parse(Provider({"status", "--store", "disk", "--output", "json"}).out); }
  // The last request of this action.
  json Request(const std::string& action) {
    json last;
    for (const json& request : world_.sandbox.Get("/requests")) {
      if (request.at("action") == action) last = request;
    }
    return last;
  }
  // Gives the stanza of `dev`, the first one, variables of its own.
  void SetVariables(const std::string& flow) {
    const std::string text = Slurp(world_.config);
    const size_t at = text.find("      installHint");
    ASSERT_NE(at, std::string::npos) << text;
    Spill(world_.config, text.substr(0, at) + "      env: " + flow + "\n" + text.substr(at));
  }
  void SpeakAsBob() {
    world_.secret_files.insert(".kube/config");
    SetVariables(
        "[{name: ALIBABA_CLOUD_ACCESS_KEY_ID, value: sandbox-bob}, "
        "{name: ALIBABA_CLOUD_ACCESS_KEY_SECRET, value: sandbox-bob-secret}]");
  }

  InstalledWorld world_;
  const std::string exported_ = world_.home.Path("exported.out");  // it holds a key
};

TEST_F(ContextsTest, ExportTakesClusterAndCallerOfTheContextAndTheDurationThatIsGiven) {
  SpeakAsBob();
  const ProcessResult result = Writer({"export", "dev", "--duration", "2h", "-o", exported_});
  ASSERT_EQ(result.status, 0) << result.err;
  const json request = Request("DescribeClusterUserKubeconfig");
  EXPECT_THAT(request.at("path").get<std::string>(), HasSubstr(kCluster));
  EXPECT_THAT(request.at("query").dump(), HasSubstr("120"));
  EXPECT_EQ(request.at("access_key_id"), "sandbox-bob");
}

TEST_F(ContextsTest, WithoutANameItIsTheCurrentOne) {
  EXPECT_THAT(Writer({"verify"}).out, AllOf(StartsWith("ok  context: dev, in "), HasSubstr("all is well")));
  world_.sandbox.Post("/reset");
  ASSERT_EQ(Writer({"export", "-o", exported_}).status, 0);
  EXPECT_THAT(Request("DescribeClusterUserKubeconfig").at("path").get<std::string>(), HasSubstr(kCluster));
  const ProcessResult whoami = Writer({"whoami"});
  EXPECT_EQ(whoami.err, "whoami: of the current-context, dev\n");
  EXPECT_THAT(whoami.out, HasSubstr("user/alice"));
}

TEST_F(ContextsTest, WhatKubectlMayNotStartIsWhatTheStanzaNames) {
  const std::string before = world_.home.Path("bin/credential_provider");
  const std::string after = world_.home.Path("moved/credential_provider");
  world_.Put("moved");
  Spill(world_.home.Path(".kube/kuberc"),
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: Allowlist\n"
        "credentialPluginAllowlist:\n- command: " +
            before + "\n");
  EXPECT_EQ(Writer({"explain", "dev"}).status, 0);
  EXPECT_EQ(Writer({"doctor", "dev"}).status, 0);
  Spill(world_.config, absl::StrReplaceAll(Slurp(world_.config), {{before, after}}));
  const std::string denied =
      "credentialPluginPolicy Allowlist does not let kubectl 1.35 and newer start " + after;
  const ProcessResult explained = Writer({"explain", "dev"});
  EXPECT_EQ(explained.status, 1);
  EXPECT_THAT(explained.out, HasSubstr(denied));
  const ProcessResult examined = Writer({"doctor", "dev"});
  EXPECT_EQ(examined.status, 1);
  EXPECT_THAT(examined.err, HasSubstr(denied));
}

TEST_F(ContextsTest, GetIsTheOtherProgramsByWhicheverItIsAsked) {
  const std::vector<std::string> get = {"get",     "ack",           "--cluster-id",
                                        kCluster,  "--cs-endpoint", world_.sandbox.Value("cloud"),
                                        "--store", "disk"};
  const ProcessResult answered = Writer(get);
  EXPECT_EQ(answered.status, 0) << answered.err;
  EXPECT_EQ(answered.out, Provider(get).out);
  EXPECT_THAT(answered.out, HasSubstr("ExecCredential"));
  EXPECT_THAT(Writer({"help"}).out, Not(HasSubstr("get ack")));
}

TEST_F(ContextsTest, FlagsThatChooseBesideAContextAreRefused) {
  for (const std::string command : {"export", "revoke", "whoami"}) {
    const ProcessResult result = Writer({command, "dev", "--profile", "other"});
    EXPECT_EQ(result.status, 2) << command;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("--profile: context dev says which cluster it is and who asks"))
        << command;
  }
  EXPECT_EQ(world_.sandbox.Count("sts"), 0);
}

TEST_F(ContextsTest, RevokeTakesAContextAndWithoutAQuestionItsName) {
  const ProcessResult unnamed = Writer({"revoke", "--yes"});
  EXPECT_EQ(unnamed.status, 2);
  EXPECT_THAT(unnamed.err, HasSubstr("revoke: with --yes it wants the name of a context, or --cluster-id"));
  const ProcessResult revoked = Writer({"revoke", "edge", "--yes"});
  EXPECT_EQ(revoked.status, 0) << revoked.err;
  EXPECT_THAT(revoked.out, AllOf(HasSubstr(kOtherCluster), HasSubstr("forgotten: 1")));
  ASSERT_EQ(Stored().size(), 1u);
}

TEST_F(ContextsTest, AContextOfOthersIsNamedAsWhatItIs) {
  world_.secret_files.insert(".kube/config");
  ASSERT_EQ(
      world_.Run({"kubectl", "config", "set-credentials", "robot", "--token", "fake-marked-token"}).status,
      0);
  ASSERT_EQ(world_
                .Run({"kubectl", "config", "set-credentials", "eks", "--exec-command", "aws",
                      "--exec-api-version", "client.authentication.k8s.io/v1"})
                .status,
            0);
  for (const std::string user : {"robot", "eks"})
    ASSERT_EQ(
        world_.Run({"kubectl", "config", "set-context", user, "--cluster", "dev", "--user", user}).status, 0);
  for (const std::string command : {"doctor", "forget", "whoami", "status", "export", "revoke"}) {
    const ProcessResult robot = Writer({command, "robot"});
    EXPECT_EQ(robot.status, 1) << command;
    EXPECT_EQ(robot.out, "");
    EXPECT_THAT(robot.err, HasSubstr("context robot: not of this program: its user robot has a static "
                                     "credential (token)"))
        << command;
    EXPECT_THAT(Writer({command, "eks"}).err, HasSubstr("its user eks runs aws")) << command;
  }
  EXPECT_THAT(Writer({"doctor", "nosuch"}).err, HasSubstr("context nosuch: not in the kubeconfig"));
}

TEST_F(ContextsTest, DoctorTakesFlagsAndVariablesOfTheStanza) {
  SpeakAsBob();
  for (const bool by_provider : {false, true}) {
    const ProcessResult result = by_provider ? Provider({"doctor", "dev"}) : Writer({"doctor", "dev"});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr(kCluster), HasSubstr("user/bob"), HasSubstr("ok  all is well")));
    EXPECT_EQ(result.err, "");
  }
}

TEST_F(ContextsTest, DoctorByFlagsSaysWhenNoContextLeadsThere) {
  const std::vector<std::string> flags = {"doctor", "ack", "--cs-endpoint", world_.sandbox.Value("cloud"),
                                          "--cluster-id"};
  std::vector<std::string> args = flags;
  args.push_back("c00000000000000000000000000000002");
  EXPECT_THAT(Writer(args).err, HasSubstr("c00000000000000000000000000000002: no context of the kubeconfig "
                                          "leads to it"));
  args.back() = kCluster;
  const ProcessResult known = Writer(args);
  EXPECT_EQ(known.err, "");
  EXPECT_THAT(known.out, HasSubstr("ok  all is well"));
}

TEST_F(ContextsTest, ForgetOfAContextForgetsAllOfItsCluster) {
  const std::vector<std::string> get = {"get",     "ack",  "--cluster-id",  kCluster,
                                        "--store", "disk", "--cs-endpoint", world_.sandbox.Value("cloud")};
  for (const std::vector<std::string>& more : {std::vector<std::string>{"--duration", "2h"},
                                               {"--role-arn", "acs:ram::1000000000000001:role/ack-reader"}}) {
    std::vector<std::string> args = get;
    args.insert(args.begin(), world_.home.Path("bin/credential_provider"));
    args.insert(args.end(), more.begin(), more.end());
    ASSERT_EQ(world_.Start(args, "").status, 0);
  }
  EXPECT_THAT(Writer({"forget", "dev"}).out, StartsWith("forgot 3 credentials"));
  for (const json& stored : Stored()) EXPECT_NE(stored.at("cluster"), kCluster);
  EXPECT_FALSE(Stored().empty());
}

TEST_F(ContextsTest, ForgetOfAContextPassesOverADefaultThatIsForAllOfThem) {
  world_.env["CREDENTIAL_PROVIDER_STORE"] = "memory";
  EXPECT_THAT(Writer({"forget", "dev"}).out, StartsWith("forgot 1 credential"));
  const ProcessResult typed = Writer({"forget", "dev", "--store", "disk"});
  EXPECT_EQ(typed.status, 2);
  EXPECT_THAT(typed.err, HasSubstr("error: --store: for --all"));
}

TEST_F(ContextsTest, ForgettingNothingSaysWhatIsStored) {
  ASSERT_EQ(Writer({"forget", "dev"}).status, 0);
  const ProcessResult again = Provider({"forget", "dev"});
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(again.out, "forgot 0 credentials\n");
  EXPECT_THAT(again.err, HasSubstr(std::string("credential_provider: warning: cluster ") + kCluster +
                                   ": nothing was stored; stored are 1 of " + kOtherCluster + "\n"));
}

TEST_F(ContextsTest, StatusOfAContextIsThatOfItsCluster) {
  const json all = json::parse(Writer({"status", "--store", "disk", "--output", "json"}).out);
  EXPECT_EQ(all.size(), 2u);
  const json one = json::parse(Provider({"status", "edge", "--output", "json"}).out);
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].at("cluster"), kOtherCluster);
}

TEST_F(ContextsTest, WhoamiWithoutAContextSaysThatItIsTheShell) {
  ASSERT_EQ(world_.Run({"kubectl", "config", "unset", "current-context"}).status, 0);
  const ProcessResult result = Writer({"whoami"});
  EXPECT_EQ(result.err, "whoami: as this shell signs in; there is no current-context\n");
  EXPECT_THAT(result.out, HasSubstr("user/alice"));
  EXPECT_EQ(Provider({"whoami"}).err, "");
}

TEST_F(ContextsTest, AWrappedPluginIsForgottenAndForTheRestItsOwner) {
  Spill(world_.home.Path("bin/plugin"), "#!/bin/sh\necho '{}'\n");
  Spill(world_.config,
        absl::StrReplaceAll(Slurp(world_.config), {{"current-context: dev", "current-context: eks"}}));
  ASSERT_EQ(world_
                .Run({"kubectl", "config", "set-credentials", "eks", "--exec-command",
                      world_.home.Path("bin/plugin"), "--exec-arg", "token", "--exec-interactive-mode",
                      "Never", "--exec-api-version", "client.authentication.k8s.io/v1"})
                .status,
            0);
  ASSERT_EQ(
      world_.Run({"kubectl", "config", "set-context", "eks", "--cluster", "dev", "--user", "eks"}).status, 0);
  ASSERT_EQ(Writer({"install", "exec", "--user", "eks"}).status, 0);
  const ProcessResult forgotten = Writer({"forget", "eks"});
  EXPECT_EQ(forgotten.out, "forgot 0 credentials\n");
  EXPECT_THAT(forgotten.err, HasSubstr("warning: nothing was stored of this command"));
  EXPECT_THAT(Writer({"doctor", "eks"}).err,
              HasSubstr("context eks: runs another plugin through `get exec`"));
}

TEST_F(ContextsTest, ANamedKubeconfigThatIsNotThereIsAnErrorAndNotAnEmptyList) {
  const std::string missing = world_.home.Path("missing");
  for (const std::string command : {"list", "verify", "warm", "doctor", "whoami"}) {
    const ProcessResult result = Writer({command, "--kubeconfig", missing});
    EXPECT_EQ(result.status, 1) << command;
    EXPECT_EQ(result.out, "") << command;
    EXPECT_THAT(result.err, HasSubstr("error: --kubeconfig: " + missing + ": No such file or directory\n"))
        << command;
  }
}

}  // namespace
}  // namespace credential_provider
