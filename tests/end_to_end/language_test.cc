// What a person who reads Chinese sees, and what is the same in every language.
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "credential_provider/text/display_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

class LanguageTest : public testing::Test {
 protected:
  ProcessResult In(const std::string& locale, const std::vector<std::string>& args) {
    world_.env["LC_ALL"] = locale;
    ProcessResult result = world_.Run(args);
    world_.env.erase("LC_ALL");
    return result;
  }

  World world_{SharedSandbox()};
};

TEST_F(LanguageTest, AnErrorAndWhatToDoAreInChinese) {
  const ProcessResult result = In("zh_CN.UTF-8", {"kubeconfig_writer", "install", "ack", "--name", "dve",
                                                  "--cs-endpoint", world_.sandbox.Value("cloud")});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("kubeconfig_writer: 错误: 集群 dve"));
  EXPECT_THAT(result.err, HasSubstr("kubeconfig_writer: 提示: "));
  EXPECT_THAT(result.err, HasSubstr("dev"));
}

TEST_F(LanguageTest, TheVariablesAreObeyedInTheirOrder) {
  const std::vector<std::string> args = {"credential_provider", "nothing"};
  world_.env["LANG"] = "zh_CN.UTF-8";
  EXPECT_THAT(world_.Run(args).err, HasSubstr("错误"));
  world_.env["LC_MESSAGES"] = "en_US.UTF-8";
  EXPECT_THAT(world_.Run(args).err, HasSubstr("error"));
  world_.env["LC_ALL"] = "zh_CN.UTF-8";
  EXPECT_THAT(world_.Run(args).err, HasSubstr("错误"));
}

TEST_F(LanguageTest, DataIsTheSame) {
  EXPECT_EQ(world_.Run(world_.GetAck()).status, 0);
  const std::vector<std::vector<std::string>> commands = {
      world_.GetAck(),
      {"credential_provider", "status", "-o", "json"},
      {"kubeconfig_writer", "config", "-o", "json"},
      {"credential_provider", "man"},
      {"credential_provider", "completion", "bash"},
  };
  for (const std::vector<std::string>& args : commands) {
    const ProcessResult english = In("C", args);
    EXPECT_EQ(english.status, 0) << args[1];
    EXPECT_EQ(In("zh_CN.UTF-8", args).out, english.out) << args[1];
  }
}

// The hint of the plugin is found in what it says, whatever the language of whoever runs this.
TEST_F(LanguageTest, ThePluginsHintIsShown) {
  std::filesystem::create_directory(world_.home.Path(".kube"));
  ASSERT_EQ(world_
                .Run({"kubeconfig_writer", "install", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                      world_.sandbox.Value("cloud")})
                .status,
            0);
  ASSERT_EQ(world_.Run({"credential_provider", "forget", "--all"}).status, 0);
  world_.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "sandbox-wrong-secret";
  const ProcessResult english = In("C", {"kubeconfig_writer", "verify"});
  const ProcessResult chinese = In("zh_CN.UTF-8", {"kubeconfig_writer", "verify"});
  EXPECT_EQ(chinese.status, english.status);
  EXPECT_THAT(english.err, HasSubstr("\nkubeconfig_writer: hint: "));
  EXPECT_THAT(chinese.err, HasSubstr("\nkubeconfig_writer: 提示: "));
  for (const std::string word : {"error: ", "hint: ", "credential_provider: "})
    EXPECT_THAT(chinese.err, Not(HasSubstr(word)));
  world_.env["CLICOLOR_FORCE"] = "1";
  const ProcessResult coloured = In("C", {"kubeconfig_writer", "verify"});
  EXPECT_THAT(coloured.err, Not(HasSubstr("?["))) << "nothing of the plugin's colour";
  EXPECT_THAT(coloured.err, Not(HasSubstr("by hand"))) << "its hint is found";
  world_.env.erase("CLICOLOR_FORCE");
}

// What is in backticks, to be pasted.
std::vector<std::string> CommandsIn(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '`');
  std::vector<std::string> commands;
  for (size_t i = 1; i < parts.size(); i += 2) commands.push_back(parts[i]);
  return commands;
}

// Names that could be sentences of this program.
TEST_F(LanguageTest, ACommandToPasteIsTheSame) {
  std::filesystem::create_directory(world_.home.Path(".kube"));
  for (const std::string name : {"a: role $(id) of 1", "user x: in 5", "b; not found"}) {
    Spill(world_.home.Path(".kube/config"),
          absl::StrReplaceAll(R"({"apiVersion": "v1", "kind": "Config", "current-context": "{name}",
"clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}],
"contexts": [{"name": "{name}", "context": {"cluster": "c", "user": "u"}}],
"users": [{"name": "u", "user": {"username": "u"}}]})",
                              {{"{name}", name}}));
    for (const std::vector<std::string>& args :
         {std::vector<std::string>{"kubeconfig_writer", "doctor"},
          {"kubeconfig_writer", "explain"},
          {"credential_provider", "doctor", "ack", "--cluster-id", kCluster, "--profile", name}}) {
      const std::vector<std::string> commands = CommandsIn(In("C", args).err);
      EXPECT_EQ(CommandsIn(In("zh_CN.UTF-8", args).err), commands) << name << " " << args[1];
      if (args[0] == "kubeconfig_writer") EXPECT_THAT(commands, Not(testing::IsEmpty())) << args[1];
    }
  }
}

// It is run as kubectl runs it, so it speaks Chinese itself.
TEST_F(LanguageTest, AWrappedPluginsHintIsShown) {
  std::filesystem::create_directory(world_.home.Path(".kube"));
  Spill(world_.home.Path(".kube/config"),
        absl::StrReplaceAll(R"({"apiVersion": "v1", "kind": "Config",
"current-context": "c", "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}],
"contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
"users": [{"name": "u", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1",
"command": "{provider}", "args": ["get", "exec", "--", "false"], "interactiveMode": "Never"}}}]})",
                            {{"{provider}", Runfile("credential_provider/"
                                                    "credential_provider")}}));
  const ProcessResult chinese = In("zh_CN.UTF-8", {"kubeconfig_writer", "verify"});
  EXPECT_EQ(chinese.status, 1);
  EXPECT_THAT(chinese.err,
              HasSubstr("：退出状态 1：命令 false：退出状态 1\nkubeconfig_writer: 提示: 其输出见上文"));
  EXPECT_THAT(chinese.err, Not(HasSubstr("<secret>")));
}

TEST_F(LanguageTest, HelpIsInChineseAndFits) {
  for (const std::string program : {"kubeconfig_writer", "credential_provider"}) {
    const ProcessResult list = In("zh_CN.UTF-8", {program, "help"});
    EXPECT_THAT(list.out, HasSubstr("用法:"));
    const ProcessResult one =
        In("zh_CN.UTF-8", {program, program == "kubeconfig_writer" ? "migrate" : "get", "--help"});
    EXPECT_THAT(one.out, HasSubstr("用法:"));
    for (const absl::string_view line : absl::StrSplit(one.out.substr(0, one.out.find("示例:")), '\n'))
      EXPECT_LE(DisplayWidth(line), 80u) << line;
  }
}

}  // namespace
}  // namespace credential_provider
