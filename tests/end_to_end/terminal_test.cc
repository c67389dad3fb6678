// What the programs show at a terminal, and that a pipe gets none of it.
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/at_terminal.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kKubeconfig[] = R"(apiVersion: v1
kind: Config
clusters:
- name: one
  cluster: {server: "https://192.0.2.1"}
users:
- name: alice
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args: ["get", "ack", "--cluster-id", "c00000000000000000000000000000001", "--store", "disk"]
      command: credential_provider
      interactiveMode: Never
contexts:
- name: 生产集群-杭州
  context: {cluster: one, user: alice}
- name: dev
  context: {cluster: one, user: alice}
current-context: dev
)";

class TerminalTest : public testing::Test {
 protected:
  TerminalTest() { world_.env["TERM"] = "xterm-256color"; }

  ProcessResult AtTerminal(std::vector<std::string> args, unsigned short columns = 80) {
    args[0] = Runfile(args[0] + "/" + args[0]);
    ProcessResult result = RunAtTerminal(args, world_.env, "", columns);
    result.out = absl::StrReplaceAll(result.out, {{"\r\n", "\n"}});
    return result;
  }

  void WriteKubeconfig() {
    std::filesystem::create_directory(world_.home.Path(".kube"));
    Spill(world_.home.Path(".kube/config"), kKubeconfig);
  }

  static size_t LongestLine(const std::string& text) {
    size_t longest = 0;
    for (const absl::string_view line : absl::StrSplit(text, '\n')) longest = std::max(longest, line.size());
    return longest;
  }

  World world_{SharedSandbox()};
};

TEST_F(TerminalTest, AListHasWhatIsMostAskedForAndAPipeHasAll) {
  WriteKubeconfig();
  const ProcessResult narrow = AtTerminal({"kubeconfig_writer", "list"});
  EXPECT_THAT(narrow.out, HasSubstr("CURRENT  CONTEXT        WHO"));
  EXPECT_THAT(narrow.out, HasSubstr("-        生产集群-杭州  access key"));
  EXPECT_THAT(narrow.out, HasSubstr("*        dev            access key"));
  EXPECT_THAT(AtTerminal({"kubeconfig_writer", "list", "-o", "wide"}).out, HasSubstr("CLUSTER"));
  const ProcessResult piped = world_.Run({"kubeconfig_writer", "list"});
  EXPECT_THAT(piped.out, HasSubstr("CURRENT  CONTEXT        CLUSTER"));
  EXPECT_EQ(world_.Run({"kubeconfig_writer", "list", "-o", "wide"}).out, piped.out);
}

TEST_F(TerminalTest, ClustersFitIntoTheTerminalAndAPipeHasAll) {
  std::vector<std::string> clusters = {"kubeconfig_writer", "clusters", "--cs-endpoint",
                                       world_.sandbox.Value("cloud")};
  EXPECT_THAT(
      AtTerminal(clusters).out,
      AllOf(HasSubstr("NAME        REGION          TYPE        STATE    ADDRESS  ID\n"),
            HasSubstr("prod        cn-hangzhou     managed     running  private  c000000000…00000000002\n")));
  EXPECT_THAT(AtTerminal(clusters, 120).out, Not(HasSubstr("…")));
  const std::string piped = world_.Run(clusters).out;
  EXPECT_THAT(piped, AllOf(HasSubstr("VERSION"), HasSubstr("https://"), Not(HasSubstr("…"))));
  clusters.insert(clusters.end(), {"-o", "wide"});
  EXPECT_EQ(AtTerminal(clusters).out, piped);
}

TEST_F(TerminalTest, WhatIsFoundIsFoldedInItsColumn) {
  EXPECT_THAT(AtTerminal({"credential_provider", "explain", "ack", "--cluster-id", kCluster, "--role-arn",
                          "acs:ram::1000000000000001:role/ack-reader", "--store", "none"})
                  .out,
              HasSubstr("\n              "));
  const ProcessResult doctor =
      AtTerminal({"credential_provider", "doctor", "ack", "--cluster-id", kCluster, "--cs-endpoint",
                  world_.sandbox.Value("cloud"), "--store", "none"});
  EXPECT_THAT(doctor.out, HasSubstr("answers in\n    client.authentication.k8s.io/v1\nok  "));
}

TEST_F(TerminalTest, AnAnswerThatAPersonAskedForIsWarnedOf) {
  const ProcessResult shown = AtTerminal(world_.GetAck({"--store", "none"}));
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.out, HasSubstr("\033[33mwarning:\033[0m "));
  EXPECT_THAT(shown.out, HasSubstr("stdout is a terminal"));
  EXPECT_LT(shown.out.find("stdout is a terminal"), shown.out.find("ExecCredential"));
  EXPECT_EQ(world_.Run(world_.GetAck({"--store", "none"})).err, "") << "in a pipe";
  world_.env["KUBERNETES_EXEC_INFO"] =
      R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":true}})"
      "\n";
  EXPECT_THAT(AtTerminal(world_.GetAck({"--store", "none"})).out, Not(HasSubstr("stdout is a terminal")))
      << "whoever sends this reads the answer";
}

TEST_F(TerminalTest, APluginSaysWhatItWaitsForWhenItTakesLong) {
  world_.sandbox.Post("/fault", {{"delay_ms", 2500}, {"times", 2}});
  EXPECT_THAT(AtTerminal(world_.GetAck({"--store", "none"}), 200).out,
              HasSubstr("waiting for " + world_.sandbox.Value("cloud")));
  const ProcessResult piped = world_.Run(world_.GetAck({"--store", "none"}));
  EXPECT_EQ(piped.status, 0);
  EXPECT_EQ(piped.err, "");
  EXPECT_THAT(AtTerminal(world_.GetAck({"--store", "none"})).out, Not(HasSubstr("waiting")));
}

TEST_F(TerminalTest, APluginSaysWhoseAnswerItWaitsForWhenThatTakesLong) {
  const std::string folder = world_.home.Path("store");
  const auto script = [&](const std::string& second) {
    return "\"$@\" >" + folder +
           "1.out 2>&1 & first=$!; shift 2; for i in $(seq 100); do \"$0\" explain \"$@\" "
           "2>&1 | grep -q 'waits for process' && break; sleep .05; done; echo first: $first; \"$0\" get "
           "\"$@\" " +
           second + "; wait";
  };
  std::vector<std::string> args = world_.GetAck({"--cache-dir", folder});
  args[0] = Runfile("credential_provider/credential_provider");
  const auto run = [&](const std::string& second) {
    world_.sandbox.Post("/fault", {{"match", {{"listener", "cs"}}}, {"delay_ms", 3500}, {"times", 1}});
    std::vector<std::string> all = {"/bin/sh", "-c", script(second), args[0]};
    all.insert(all.end(), args.begin(), args.end());
    ProcessResult result = RunAtTerminal(all, world_.env, "", 250);
    world_.Run({"credential_provider", "forget", "--all", "--cache-dir", folder});
    return result.out;
  };
  const std::string shown = run(">" + folder + "2.out");
  const std::string first = shown.substr(0, shown.find('\r')).substr(sizeof("first: ") - 1);
  EXPECT_THAT(shown, HasSubstr("waiting for process " + first + ", which asks for the same credential"));
  EXPECT_EQ(Slurp(folder + "1.out"), Slurp(folder + "2.out"));
  EXPECT_THAT(run(">" + folder + "2.out 2>" + folder + "2.err"), Not(HasSubstr("waiting")));
  EXPECT_EQ(Slurp(folder + "2.err"), "");
}

TEST_F(TerminalTest, AnErrorIsFoldedAndItsKindHasAColour) {
  WriteKubeconfig();
  const std::vector<std::string> verify = {"kubeconfig_writer", "verify", "nope"};
  const std::string hint = "`kubectl config get-contexts` shows those that are there";
  EXPECT_THAT(
      AtTerminal(verify, 60).out,
      HasSubstr("kubeconfig_writer: \033[31merror:\033[0m context nope: not in the\n  kubeconfig\n"
                "kubeconfig_writer: \033[1mhint:\033[0m `kubectl config get-contexts` shows\n  those that"));
  const std::string plain =
      "kubeconfig_writer: error: context nope: not in the kubeconfig\n"
      "kubeconfig_writer: hint: " +
      hint + "\n";
  EXPECT_EQ(world_.Run(verify).err, plain) << "a line each in a pipe";
  world_.env["NO_COLOR"] = "1";
  EXPECT_EQ(AtTerminal(verify, 200).out, plain);
  world_.env.erase("NO_COLOR");
  world_.env["TERM"] = "dumb";
  EXPECT_EQ(AtTerminal(verify, 200).out, plain);
  world_.env["CLICOLOR_FORCE"] = "1";
  EXPECT_THAT(world_.Run(verify).err, HasSubstr("\033[31merror:\033[0m"));
}

TEST_F(TerminalTest, HelpIsAsWideAsTheTerminalAndNoWiderThanIsRead) {
  const std::vector<std::string> help = {"credential_provider", "get", "ack", "--help"};
  const auto longest = [](const std::string& text) {
    return LongestLine(text.substr(0, text.find("Examples:")));
  };
  EXPECT_LE(longest(AtTerminal(help, 60).out), 60u);
  EXPECT_LE(longest(AtTerminal(help, 200).out), 100u);
  EXPECT_GT(longest(AtTerminal(help, 200).out), 80u);
  EXPECT_LE(longest(world_.Run(help).out), 80u);
}

TEST_F(TerminalTest, TheNameAloneIsAnsweredWithTheHelp) {
  for (const std::string program : {"kubeconfig_writer", "credential_provider"}) {
    const ProcessResult alone = AtTerminal({program});
    EXPECT_EQ(alone.status, 0);
    EXPECT_EQ(alone.out, AtTerminal({program, "help"}).out);
    const ProcessResult piped = world_.Run({program});
    EXPECT_EQ(piped.status, 2);
    EXPECT_EQ(piped.out, "");
  }
}

}  // namespace
}  // namespace credential_provider
