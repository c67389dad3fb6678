// `export-credentials -- COMMAND`: whose key the command has, and that nothing else changes for it.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/installed_world.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kRole[] = "acs:ram::1000000000000001:role/ack-reader";

class ExportCredentialsTest : public testing::Test {
 protected:
  void SetUp() override { world_.Put("bin"); }

  // Runs `command` in the shell sh, as the role unless `flags` say otherwise.
  ProcessResult Export(const std::string& command, std::vector<std::string> flags = {"--role-arn", kRole},
                       const std::string& program = "bin/credential_provider") {
    flags.insert(flags.begin(), "export-credentials");
    flags.insert(flags.end(), {"--", "sh", "-c", command});
    return world_.RunAt(program, flags);
  }

  InstalledWorld world_;
};

// Each name is set, and is another's value than the caller's own key.
TEST_F(ExportCredentialsTest, TheCommandHasTheRolesTemporaryKeyByAllNames) {
  const ProcessResult result = Export(R"(
    for name in ALIBABA_CLOUD_ACCESS_KEY_ID ALIBABA_CLOUD_ACCESS_KEY_SECRET ALIBABA_CLOUD_SECURITY_TOKEN \
        ALIBABACLOUD_ACCESS_KEY_ID ALIBABACLOUD_ACCESS_KEY_SECRET ALIBABACLOUD_SECURITY_TOKEN \
        ALICLOUD_ACCESS_KEY ALICLOUD_SECRET_KEY ALICLOUD_SECURITY_TOKEN \
        OSS_ACCESS_KEY_ID OSS_ACCESS_KEY_SECRET OSS_SESSION_TOKEN; do
      eval "value=\$$name"
      case $value in '' | sandbox-alice*) echo "$name is not the role's";; esac
    done
    echo "$ALIBABA_CLOUD_REGION_ID $ALICLOUD_REGION $OSS_REGION"
    "$HOME/bin/credential_provider" whoami --identity environment -o json)",
                                      {"--role-arn", kRole, "--region", "cn-beijing"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, testing::StartsWith("cn-beijing cn-beijing cn-beijing\n{"));
  EXPECT_THAT(result.out, HasSubstr("assumed-role/ack-reader"));
}

TEST_F(ExportCredentialsTest, WhatIsThereOfAnotherIdentityIsTakenOut) {
  for (const char* name :
       {"ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_SECRET_ACCESS_KEY", "ALIYUN_LOG_CLI_ACCESSID",
        "ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_BEARER_TOKEN", "ALIBABA_CLOUD_ROLE_ARN",
        "ALIBABACLOUD_ROLE_ARN", "ALICLOUD_ASSUME_ROLE_ARN", "OSS_ROLE_ARN",
        "ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME", "ALIBABA_CLOUD_EXTERNAL_ID",
        "ALIBABACLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_CREDENTIALS_URI", "ALICLOUD_CREDENTIALS_URI",
        "ALIBABA_CLOUD_ECS_METADATA", "ALICLOUD_ECS_ROLE_NAME"})
    world_.env[name] = "of-another";
  world_.env["MINE"] = "stays";
  const ProcessResult result = Export("echo \"$MINE $ALIBABACLOUD_IGNORE_PROFILE\"; env | grep of-another");
  EXPECT_EQ(result.out, "stays TRUE\n") << result.err;
}

TEST_F(ExportCredentialsTest, StatusSignalsStreamsAndArgumentsAreTheCommandsOwn) {
  EXPECT_EQ(Export("exit 42").status, 42);
  EXPECT_EQ(Export("kill -TERM $$").status, 128 + 15);
  EXPECT_EQ(Export("cat; echo to stderr >&2").err, "to stderr\n");
  const ProcessResult arguments =
      world_.RunAt("bin/credential_provider", {"export-credentials", "--role-arn", kRole, "--", "printf",
                                               "%s|", "--help", "--kubeconfig", "a b", "", "--", "*"});
  EXPECT_EQ(arguments.out, "--help|--kubeconfig|a b||--|*|") << arguments.err;
  EXPECT_EQ(Export("yes | head -1").out, "y\n") << "SIGPIPE is not ignored";
}

TEST_F(ExportCredentialsTest, WhatIsIgnoredStaysIgnored) {
  ASSERT_EQ(world_.Install("bin/kubeconfig_writer", {"--context-name", "dev", "--role-arn", kRole}).status,
            0);
  for (const std::string trap : {"", "trap '' PIPE XFSZ; ", "trap '' PIPE; ", "trap '' XFSZ; "}) {
    const std::string ask = "grep SigIgn /proc/self/status";
    const std::string before = world_.Run({"sh", "-c", trap + ask}).out;
    for (const std::string& command :
         {"credential_provider\" export-credentials --role-arn " + std::string(kRole),
          std::string("kubeconfig_writer\" export-credentials --context dev")}) {
      const ProcessResult inside = world_.Run({"sh", "-c", trap + "\"$HOME/bin/" + command + " -- " + ask});
      EXPECT_EQ(inside.out, before) << trap << command << inside.err;
    }
  }
}

TEST_F(ExportCredentialsTest, NothingIsWrittenAndNoArgumentHasAKey) {
  const ProcessResult result = Export("tr '\\0' ' ' < /proc/$$/cmdline");
  EXPECT_THAT(result.out, AllOf(HasSubstr("sh -c"), Not(HasSubstr("STS."))));
  for (const auto& file : std::filesystem::recursive_directory_iterator(world_.home.path()))
    EXPECT_THAT(file.path().string(), testing::AnyOf(HasSubstr("/bin"), Not(HasSubstr(".credential"))));
}

TEST_F(ExportCredentialsTest, APermanentKeyIsRefusedUnlessAskedFor) {
  const ProcessResult refused = Export("echo ran", {});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(
      refused.err,
      "credential_provider: error: access key sandbox-alice: a permanent key, which the command and all "
      "that it starts could keep\n"
      "credential_provider: hint: assume a role with --role-arn, or hand the key over with "
      "--permanent-key\n");
  EXPECT_EQ(Export("echo ${ALIBABA_CLOUD_SECURITY_TOKEN-none} $OSS_ACCESS_KEY_ID", {"--permanent-key"}).out,
            "none sandbox-alice\n");
}

TEST_F(ExportCredentialsTest, OfAContextItIsWhoAsksThere) {
  ASSERT_EQ(world_.Install("bin/kubeconfig_writer", {"--context-name", "dev", "--role-arn", kRole}).status,
            0);
  const std::string who = "\"$HOME/bin/credential_provider\" whoami --identity environment -o json";
  for (const std::string program : {"bin/kubeconfig_writer", "bin/credential_provider"}) {
    const ProcessResult named = Export(who, {"--context", "dev"}, program);
    EXPECT_THAT(named.out, HasSubstr("assumed-role/ack-reader")) << named.err;
    EXPECT_EQ(named.err, "");
  }
  const ProcessResult current = Export(who, {}, "bin/kubeconfig_writer");
  EXPECT_THAT(current.out, HasSubstr("assumed-role/ack-reader"));
  EXPECT_EQ(current.err, "export-credentials: of the current-context, dev\n");
  const ProcessResult region =
      Export("echo $ALIBABA_CLOUD_REGION_ID", {"--context", "dev"}, "bin/kubeconfig_writer");
  EXPECT_EQ(region.out, "cn-hangzhou\n") << "of the stanza";
  const ProcessResult both = Export(who, {"--context", "dev", "--role-arn", kRole}, "bin/kubeconfig_writer");
  EXPECT_EQ(both.status, 2);
  EXPECT_EQ(both.out, "");
}

// As Terraform's provider for kubernetes starts it.
TEST_F(ExportCredentialsTest, AStanzaThatNamesAProfileWorksInsideTheCommand) {
  std::filesystem::create_directory(world_.home.Path(".aliyun"));
  Spill(world_.home.Path(".aliyun/config.json"),
        R"({"current": "other", "profiles": [{"name": "alice", "mode": "AK", "access_key_id": "sandbox-alice",
            "access_key_secret": "sandbox-alice-secret"}]})");
  const std::string get = "\"$HOME/bin/credential_provider\" get ack --store none --cluster-id " +
                          std::string(kCluster) + " --cs-endpoint " + world_.sandbox.Value("cloud");
  const ProcessResult named = Export(get + " --profile alice > answer.out");
  EXPECT_EQ(named.status, 0) << named.err;
  const ProcessResult unnamed = Export(get + " --identity aliyun-profile");
  EXPECT_EQ(unnamed.status, 1);
  EXPECT_THAT(unnamed.err, AllOf(HasSubstr("(aliyun-profile: ALIBABACLOUD_IGNORE_PROFILE is true)\n"),
                                 HasSubstr("hint: name the profile with --profile, which counts more, ")));
  EXPECT_THAT(Export("\"$HOME/bin/credential_provider\" login").err,
              HasSubstr("hint: name the profile with --profile, which counts more, "));
  EXPECT_THAT(Export("\"$HOME/bin/credential_provider\" login --profile alice").err, HasSubstr("mode AK"));
}

TEST_F(ExportCredentialsTest, WhatCannotBeRun) {
  const auto run = [this](const std::vector<std::string>& command) {
    std::vector<std::string> args = {"export-credentials", "--role-arn", kRole, "--"};
    args.insert(args.end(), command.begin(), command.end());
    return world_.RunAt("bin/credential_provider", args);
  };
  const ProcessResult missing = run({"no-such-command"});
  EXPECT_EQ(missing.status, 127);
  EXPECT_THAT(missing.err, HasSubstr("error: no-such-command: No such file or directory\n"));
  EXPECT_EQ(run({world_.home.path()}).status, 126) << "a folder";
  const ProcessResult none = world_.RunAt("bin/kubeconfig_writer", {"export-credentials"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("export-credentials: needs the command that is to be run, after --"));
}

}  // namespace
}  // namespace credential_provider
