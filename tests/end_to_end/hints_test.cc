// Every hint that is a command does what it says when it is pasted into a shell. Each test brings a program
// to say one, with names that a shell would take apart, runs what it said, and looks whether that has helped.
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kName[] = "ack-c00000000000000000000000000000001";
constexpr char kOdd[] = "it's my $(touch ran) \"prod\" #1";

// The commands in the hints of `text`: what is in backticks, or after the last ": ", and begins with a
// program.
std::vector<std::string> CommandsIn(const std::string& text) {
  std::vector<std::string> commands;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::StrContains(line, ": hint: ")) continue;
    const std::vector<std::string> parts = absl::StrSplit(line, '`');
    for (size_t i = 1; i < parts.size(); i += 2) commands.push_back(parts[i]);
    const std::string last(line.substr(line.rfind(": ") + 2));
    if (parts.size() == 1 && (absl::StartsWith(last, "kubectl ") || absl::StartsWith(last, "rm ")))
      commands.push_back(last);
  }
  return commands;
}

class HintsTest : public testing::Test {
 protected:
  HintsTest() { world_.env["PATH"] = Runfile("kubeconfig_writer") + ":" + world_.env["PATH"]; }

  ProcessResult Writer(std::vector<std::string> args) {
    args.insert(args.begin(), "kubeconfig_writer");
    return world_.Run(args);
  }
  void Install(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"install", "ack",           "--cluster-id",
                                     kCluster,  "--cs-endpoint", world_.sandbox.Value("cloud"),
                                     "--store", "disk"};
    args.insert(args.end(), more.begin(), more.end());
    const ProcessResult installed = Writer(args);
    ASSERT_EQ(installed.status, 0) << installed.err;
  }
  void Kubectl(std::vector<std::string> args) {
    args.insert(args.begin(), {"kubectl", "config"});
    ASSERT_EQ(world_.Run(args).status, 0);
  }
  // Runs the `number`th of `count` commands that the hints of `said` have.
  ProcessResult Paste(const ProcessResult& said, size_t count = 1, size_t number = 0) {
    const std::vector<std::string> commands = CommandsIn(said.err);
    EXPECT_EQ(commands.size(), count) << said.err;
    if (number >= commands.size()) return {};
    const ProcessResult pasted = world_.Run({"sh", "-c", commands[number]});
    EXPECT_EQ(pasted.status, 0) << commands[number] << "\n" << pasted.err;
    EXPECT_FALSE(std::filesystem::exists(world_.home.Path("ran"))) << commands[number];
    return pasted;
  }
  // As an upgrade does that removes the old version's folder.
  void TakeAwayTheCommand() {
    std::string text = Slurp(file_);
    const size_t begin = text.find("command: ") + 9;
    text.replace(begin, text.find('\n', begin) - begin, "/no/such/credential_provider");
    Spill(file_, text);
  }
  void WritePlugins(const std::string& command, const std::string& args) {
    std::filesystem::create_directories(world_.home.Path(".kube"));
    std::string text = "clusters: [{name: c, cluster: {server: \"https://192.0.2.1\"}}]\ncontexts:\n";
    text +=
        "- {name: prod, context: {cluster: c, user: admin}}\n- {name: dev, context: {cluster: c, user: "
        "prod}}\n";
    text += "users:\n";
    for (const char* user : {"admin", "prod"})
      text += std::string("- {name: ") + user +
              ", user: {exec: {apiVersion: client.authentication.k8s.io/v1, " +
              "interactiveMode: Never, command: " + command + ", args: " + args + "}}}\n";
    Spill(file_, text);
  }

  World world_{SharedSandbox()};
  const std::string file_ = world_.home.Path(".kube/config");
};

TEST_F(HintsTest, AContextThatLeadsNowhereIsDeleted) {
  Install();
  Kubectl({"set-context", kOdd, "--cluster", kName, "--user", kName});
  Paste(Writer({"uninstall", kName}));
  EXPECT_THAT(Slurp(file_), Not(HasSubstr("prod")));
}

TEST_F(HintsTest, AContextThatLeadsNowhereIsDeletedInAnotherFile) {
  const std::string other = world_.home.Path("it's mine");
  Install({"--kubeconfig", other});
  Kubectl({"set-context", kOdd, "--cluster", kName, "--user", kName, "--kubeconfig", other});
  Paste(Writer({"uninstall", kName, "--kubeconfig", other}));
  EXPECT_THAT(Slurp(other), Not(HasSubstr("prod")));
}

TEST_F(HintsTest, AContextOfYourOwnOrTheUserBehindItIsRemoved) {
  Install();
  Kubectl({"set-context", kOdd, "--cluster", kName, "--user", kName});
  const ProcessResult said = Writer({"uninstall", kOdd});
  Paste(said, 2, 1);
  EXPECT_THAT(Slurp(file_), Not(HasSubstr("prod")));
  Paste(said, 2, 0);
  EXPECT_THAT(Slurp(file_), Not(HasSubstr(kName)));
}

TEST_F(HintsTest, ALockThatWasLeftBehindIsRemoved) {
  const std::string folder = world_.home.Path("it's $(touch ran) mine");
  std::filesystem::create_directories(folder);
  Spill(folder + "/config.lock", "");
  const std::vector<std::string> install = {"install",       "ack",
                                            "--cluster-id",  kCluster,
                                            "--cs-endpoint", world_.sandbox.Value("cloud"),
                                            "--kubeconfig",  folder + "/config"};
  Paste(Writer(install));
  EXPECT_EQ(Writer(install).status, 0);
}

TEST_F(HintsTest, AnEntryWhoseCommandIsGoneIsInstalledAgainWithItsFlagsAndItsName) {
  Install({"--context-name", kOdd, "--duration", "30m", "--role-arn",
           "acs:ram::1000000000000001:role/ack-reader"});
  TakeAwayTheCommand();
  const ProcessResult list = Writer({"list"});
  EXPECT_THAT(list.out, HasSubstr("command not found"));
  Paste(list);
  const ProcessResult mended = Writer({"list"});
  EXPECT_THAT(mended.out, AllOf(Not(HasSubstr("command not found")), HasSubstr("role/ack-reader")));
  EXPECT_THAT(Slurp(file_), HasSubstr("30m"));
  EXPECT_EQ(Writer({"verify", kOdd}).status, 0);
}

TEST_F(HintsTest, VerifySaysTheSameOfACommandThatIsGone) {
  Install();
  TakeAwayTheCommand();
  Paste(Writer({"verify", kName}));
  EXPECT_EQ(Writer({"verify", kName}).status, 0);
}

TEST_F(HintsTest, AWrappedUserWhoseCommandIsGoneIsWrappedAgain) {
  WritePlugins("/no/such/credential_provider", "[get, exec, --key-env, A, --, sh, -c, 'true']");
  Paste(Writer({"list"}));
  EXPECT_THAT(Slurp(file_), HasSubstr("[get, exec, --key-env, A, --, sh, -c, 'true']"));
  EXPECT_EQ(CommandsIn(Writer({"list"}).err).size(), 1u) << "the other user's";
}

TEST_F(HintsTest, AnAmbiguousNameIsNoneAfterTheContextIsRenamed) {
  WritePlugins("credential_provider", "[get, exec, --, sh, -c, 'true']");
  const std::string before = Slurp(file_);
  const ProcessResult refused = Writer({"uninstall", "prod"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(Slurp(file_), before);
  Paste(refused);
  const ProcessResult gone = Writer({"uninstall", "prod"});
  EXPECT_EQ(gone.out, "gave user prod in " + file_ + " its own plugin back\n") << gone.err;
}

TEST_F(HintsTest, AContextBehindAnotherFileIsMadeCurrent) {
  Spill(world_.home.Path("first"), "current-context: theirs\n");
  Spill(world_.home.Path("second"), "kind: Config\n");
  world_.env["KUBECONFIG"] = world_.home.Path("second");
  Install({"--context-name", kOdd});
  world_.env["KUBECONFIG"] = world_.home.Path("first") + ":" + world_.home.Path("second");
  Paste(Writer({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint", world_.sandbox.Value("cloud"),
                "--store", "disk", "--context-name", kOdd, "--use"}));
  EXPECT_EQ(world_.Run({"kubectl", "config", "current-context"}).out, std::string(kOdd) + "\n");
}

TEST_F(HintsTest, WhatIsThereIsListed) {
  Install();
  EXPECT_THAT(Paste(Writer({"uninstall", "no-such"})).out, HasSubstr(kName));
  const std::string other = world_.home.Path("it's mine");
  Install({"--kubeconfig", other, "--context-name", "work"});
  EXPECT_THAT(Paste(Writer({"uninstall", "no-such", "--kubeconfig", other})).out, HasSubstr("work"));
  EXPECT_THAT(Paste(Writer({"verify", "no-such"})).out, HasSubstr(kName));
  EXPECT_THAT(Paste(Writer({"uninstall"})).out, HasSubstr("Usage: "));
  EXPECT_THAT(Paste(Writer({"install", "exec", "--user", "no-such"})).out, HasSubstr(kName));
  EXPECT_THAT(Paste(world_.Run({"credential_provider", "get", "ack"})).out, HasSubstr("Usage: "));
}

TEST_F(HintsTest, TheClustersAreThoseOfWhoWasNamed) {
  std::filesystem::create_directories(world_.home.Path(".aliyun"));
  Spill(world_.home.Path(".aliyun/config.json"),
        R"({"current": "my", "profiles": [{"name": "it's my", "mode": "AK", "access_key_id": "sandbox-bob",
            "access_key_secret": "sandbox-bob-secret"}]})");
  const ProcessResult said = Writer({"install", "ack", "--name", "no-such", "--region", "cn-hangzhou",
                                     "--profile", "it's my", "--cs-endpoint", world_.sandbox.Value("cloud")});
  EXPECT_THAT(said.err, HasSubstr(R"(--profile 'it'\''s my')"));
  const std::string out = Paste(said).out;
  EXPECT_THAT(out, AllOf(HasSubstr("prod"), Not(HasSubstr("edge"))));
  EXPECT_EQ(world_.sandbox.Get("/requests").back().at("access_key_id"), "sandbox-bob");
}

TEST_F(HintsTest, AMigratedUserThatNobodyNeedsIsDeleted) {
  std::filesystem::create_directories(world_.home.Path(".kube"));
  Spill(file_,
        std::string("users: [{name: \"") + "it's $(touch ran)" +
            "\", user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "
            "credential_provider, args: [get, ack, --cluster-id, c00000000000000000000000000000001], "
            "installHint: 'by `kubeconfig_writer migrate`'}}}]\n");
  Paste(Writer({"uninstall", "it's $(touch ran)"}));
  EXPECT_THAT(Slurp(file_), Not(HasSubstr("touch")));
}

}  // namespace
}  // namespace credential_provider
