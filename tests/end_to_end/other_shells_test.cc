// `install` with an identity that only this shell has: what it says the next one lacks, and what --with-env
// writes into the stanza.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/end_to_end/installed_world.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class OtherShellsTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Put("bin");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
    world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  }

  // Writes a config.json of the aliyun command with a profile for each of `users`, the first the current one.
  void WriteProfiles(const std::string& path, const std::vector<std::string>& users) {
    nlohmann::json config = {{"current", users.front()}, {"profiles", nlohmann::json::array()}};
    for (const std::string& user : users) {
      config["profiles"].push_back(
          {{"name", user}, {"mode", "AK"}, {"access_key_id", user}, {"access_key_secret", user + "-secret"}});
    }
    std::filesystem::create_directories(std::filesystem::path(world_.home.Path(path)).parent_path());
    Spill(world_.home.Path(path), config.dump());
    world_.secret_files.insert(path);
  }

  ProcessResult Try(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"install",        "ack",  "--cluster-id",  kCluster,
                                     "--context-name", "dev",  "--cs-endpoint", world_.sandbox.Value("cloud"),
                                     "--store",        "disk", "--kubeconfig",  config_};
    args.insert(args.end(), more.begin(), more.end());
    return world_.RunAt("bin/kubeconfig_writer", args);
  }

  ProcessResult Install(const std::vector<std::string>& more = {}) {
    const ProcessResult result = Try(more);
    EXPECT_EQ(result.status, 0) << result.err;
    return result;
  }

  std::string Who() {
    const ProcessResult result =
        world_.RunAt("bin/kubeconfig_writer", {"whoami", "dev", "--kubeconfig", config_, "-o", "json"});
    return result.status == 0 ? nlohmann::json::parse(result.out).at("accessKeyId").get<std::string>()
                              : result.err;
  }

  InstalledWorld world_;
  const std::string config_ = world_.config;
};

TEST_F(OtherShellsTest, AnExportedKeyIsMissedAndNeverWritten) {
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  const std::string warning =
      "warning: another shell lacks ALIBABA_CLOUD_ACCESS_KEY_ID, which says who asks: nobody can ask there\n"
      "kubeconfig_writer: hint: a kubeconfig is no place for a secret: keep it in a profile of aliyun, and "
      "install with --profile NAME\n";
  EXPECT_THAT(Install({"--with-env"}).err, HasSubstr(warning));
  EXPECT_THAT(Slurp(config_), AllOf(Not(HasSubstr("env:")), Not(HasSubstr("sandbox-alice"))));
  EXPECT_EQ(Install().err, "") << "nothing was written";
  std::filesystem::remove(config_);
  WriteProfiles(".aliyun/config.json", {"sandbox-bob"});
  EXPECT_THAT(
      Install().err,
      HasSubstr("ALIBABA_CLOUD_ACCESS_KEY_ID, which says who asks: access key sandbox-bob asks there"));
  std::filesystem::remove(config_);
  world_.env["CI"] = "true";
  EXPECT_THAT(Install().err, Not(HasSubstr("another shell"))) << "a job has no other";
}

TEST_F(OtherShellsTest, AFileThatAVariableNamesIsMissedAndCanBeWritten) {
  WriteProfiles("mine/aliyun.json", {"sandbox-alice"});
  world_.env["ALIBABA_CLOUD_CONFIG_FILE"] = "mine/aliyun.json";  // from the home, where the tests run
  EXPECT_THAT(Install().err, HasSubstr("another shell lacks ALIBABA_CLOUD_CONFIG_FILE, which says who asks: "
                                       "nobody can ask there\nkubeconfig_writer: hint: no secret is in it: "
                                       "--with-env --replace writes it into the stanza\n"));
  EXPECT_THAT(Install({"--with-env", "--replace"}).err, Not(HasSubstr("another shell")));
  EXPECT_THAT(Slurp(config_), HasSubstr("value: " + world_.home.Path("mine/aliyun.json")));
  EXPECT_THAT(Install({"--duration", "2h"}).err, Not(HasSubstr("another shell"))) << "it is there still";
  EXPECT_THAT(Slurp(config_), HasSubstr("value: " + world_.home.Path("mine/aliyun.json")));
  world_.env.erase("ALIBABA_CLOUD_CONFIG_FILE");
  EXPECT_EQ(Who(), "sandbox-alice");
}

TEST_F(OtherShellsTest, AProfileThatAVariableNames) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sandbox-alice";
  EXPECT_THAT(Install().err,
              HasSubstr("ALIBABA_CLOUD_PROFILE, which says who asks: access key sandbox-bob asks there"));
  Install({"--with-env", "--replace"});
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  EXPECT_EQ(Who(), "sandbox-alice");
}

TEST_F(OtherShellsTest, AVariableInAStanzaIsAnotherIdentity) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  Install();
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sandbox-alice";
  EXPECT_THAT(Try({"--with-env"}).err,
              HasSubstr("context dev: already in the kubeconfig, for another identity: whoever is found\n"));
  EXPECT_EQ(Who(), "sandbox-alice") << "of this shell";
  EXPECT_THAT(Install({"--with-env", "--replace"}).out,
              HasSubstr(": (default) -> ALIBABA_CLOUD_PROFILE=sandbox-alice"));
  EXPECT_THAT(Install().out, HasSubstr("nothing to do")) << "this shell has the same variable";
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  const ProcessResult refused = Try();
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("for another identity: ALIBABA_CLOUD_PROFILE=sandbox-alice\n"));
  EXPECT_EQ(Who(), "sandbox-alice");
  EXPECT_THAT(Install({"--replace"}).out, HasSubstr(": ALIBABA_CLOUD_PROFILE=sandbox-alice -> (default)"));
  EXPECT_EQ(Who(), "sandbox-bob");
}

TEST_F(OtherShellsTest, AHintLeavesNoVariableOut) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  const auto list_without_command = [this] {
    std::filesystem::rename(world_.home.Path("bin/credential_provider"), world_.home.Path("bin/away"));
    const ProcessResult list = world_.RunAt("bin/kubeconfig_writer", {"list", "--kubeconfig", config_});
    std::filesystem::rename(world_.home.Path("bin/away"), world_.home.Path("bin/credential_provider"));
    return list.out + list.err;
  };
  Install();
  EXPECT_THAT(list_without_command(), HasSubstr("kubeconfig_writer install ack"));
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sandbox-alice";
  Install({"--with-env", "--replace"});
  EXPECT_THAT(list_without_command(),
              AllOf(HasSubstr("command not found"), Not(HasSubstr("kubeconfig_writer install ack"))));
}

TEST_F(OtherShellsTest, WhatSomebodyHasAddedToAStanzaStays) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob"});
  Install();
  const auto add = [this](const std::string& variable) {
    world_.Run(
        {"kubectl", "config", "--kubeconfig", config_, "set-credentials", "dev", "--exec-env", variable});
  };
  add("HTTPS_PROXY=http://127.0.0.1:9");
  add("ALIBABA_CLOUD_REGION_ID=cn-beijing");
  EXPECT_THAT(Install({"--duration", "2h"}).err, Not(HasSubstr("another identity")));
  add("ALIBABA_CLOUD_SECURITY_TOKEN=not-shown");
  const ProcessResult refused = Try();
  EXPECT_THAT(refused.err, AllOf(HasSubstr("for another identity: ALIBABA_CLOUD_SECURITY_TOKEN\n"),
                                 Not(HasSubstr("not-shown"))));
  EXPECT_THAT(Install({"--replace"}).out, Not(HasSubstr("not-shown")));
  EXPECT_THAT(Slurp(config_),
              AllOf(HasSubstr("HTTPS_PROXY"), HasSubstr("REGION_ID"), Not(HasSubstr("SECURITY_TOKEN"))));
}

TEST_F(OtherShellsTest, AProfileThatTwoVariablesName) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sandbox-alice";
  world_.env["ALIBABACLOUD_PROFILE"] = "sandbox-alice";
  EXPECT_THAT(Install().err,
              HasSubstr("another shell lacks ALIBABA_CLOUD_PROFILE, which says who asks: access "
                        "key sandbox-bob asks there"));
  EXPECT_THAT(Install({"--with-env", "--replace"}).err, Not(HasSubstr("another shell")));
  EXPECT_THAT(Slurp(config_),
              AllOf(HasSubstr("name: ALIBABA_CLOUD_PROFILE"), Not(HasSubstr("ALIBABACLOUD"))));
  world_.env.erase("ALIBABA_CLOUD_PROFILE");
  world_.env.erase("ALIBABACLOUD_PROFILE");
  EXPECT_EQ(Who(), "sandbox-alice");
}

// Without the key a variable of the same shell would choose another; the next shell has neither.
TEST_F(OtherShellsTest, WhoAsksElsewhereIsSaidWithoutAnyOfThem) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "sandbox-alice";
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-alice-secret";
  world_.env["ALIBABACLOUD_PROFILE"] = "sandbox-alice";
  EXPECT_THAT(Install().err, HasSubstr("access key sandbox-bob asks there"));
}

TEST_F(OtherShellsTest, WhatTheStanzaSaysByFlagsIsMissedNowhere) {
  WriteProfiles(".aliyun/config.json", {"sandbox-bob", "sandbox-alice"});
  EXPECT_THAT(Install().err, Not(HasSubstr("another shell")));
  world_.env["ALIBABA_CLOUD_PROFILE"] = "sandbox-alice";
  EXPECT_THAT(Install({"--profile", "sandbox-alice", "--replace"}).err, Not(HasSubstr("another shell")));
}

TEST_F(OtherShellsTest, AnAddressMayHoldASecretAndIsNotWritten) {
  world_.env["ALIBABA_CLOUD_CREDENTIALS_URI"] =
      world_.sandbox.Value("cloud") + "/credentials-uri?token=fake-marked";
  const ProcessResult result = world_.RunAt(
      "bin/kubeconfig_writer", {"install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                                world_.sandbox.Value("cloud"), "--kubeconfig", config_, "--with-env"});
  EXPECT_THAT(std::filesystem::exists(config_) ? Slurp(config_) : "", Not(HasSubstr("fake-marked")));
  EXPECT_THAT(result.err, AllOf(Not(HasSubstr("fake-marked")),
                                HasSubstr("another shell lacks ALIBABA_CLOUD_CREDENTIALS_URI"),
                                HasSubstr("a kubeconfig is no place for a secret")));
}

}  // namespace
}  // namespace credential_provider
