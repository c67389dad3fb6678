// Picking clusters in fzf, whose place a script takes that does what fzf does with its streams: lines come in
// on stdin, those that are picked go out on stdout, and the exit status is 1 when nothing matches and 130
// when somebody presses Esc.
#include <sys/stat.h>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/at_terminal.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class FzfTest : public testing::Test {
 protected:
  FzfTest() {
    std::filesystem::create_directory(world_.home.Path("bin"));
    world_.env["PATH"] = world_.home.Path("bin") + ":" + world_.env["PATH"];
    world_.env["TERM"] = "xterm";
  }

  // Puts an fzf there, with `script` after it has noted what it was given.
  void PutFzf(const std::string& script) {
    const std::string path = world_.home.Path("bin/fzf");
    Spill(path, "#!/bin/sh\nprintf '%s\\n' \"$@\" >$HOME/given\ncat >$HOME/read\n" + script);
    ASSERT_EQ(chmod(path.c_str(), 0755), 0);
  }

  ProcessResult Install(const std::string& typed = "") {
    return RunAtTerminal({Runfile("kubeconfig_writer/kubeconfig_writer"), "install", "ack", "--interactive",
                          "--context-name", "{name}", "--cs-endpoint", world_.sandbox.Value("cloud")},
                         world_.env, typed);
  }
  std::string Kubeconfig() { return Slurp(world_.home.Path(".kube/config")); }

  World world_{SharedSandbox()};
};

TEST_F(FzfTest, WhatIsPickedThereIsInstalled) {
  PutFzf("[ -t 2 ] && sed -n '1p;3p' $HOME/read\n");
  const ProcessResult result = Install();
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(Slurp(world_.home.Path("read")),
              HasSubstr("0\tedge (c00000000000000000000000000000003)  ap-southeast-1  "));
  EXPECT_THAT(Kubeconfig(), AllOf(HasSubstr("- name: edge\n"), HasSubstr("- name: dev\n"),
                                  Not(HasSubstr("- name: registered\n"))));
  EXPECT_THAT(result.out, Not(HasSubstr("Which of these")));
  const std::string given = Slurp(world_.home.Path("given"));
  EXPECT_THAT(given, HasSubstr("not possible: prod (c00000000000000000000000000000002): has no public"));
  EXPECT_THAT(given, AllOf(HasSubstr("--multi\n"), HasSubstr("--no-preview\n"), Not(HasSubstr("--bind")),
                           Not(HasSubstr("--preview"))));
}

TEST_F(FzfTest, WhoPicksNothingThereHasNothingDone) {
  for (const std::string status : {"130", "1"}) {
    PutFzf("exit " + status + "\n");
    const ProcessResult result = Install("1\n");
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.out, HasSubstr("none was picked: nothing was done"));
    EXPECT_FALSE(std::filesystem::exists(world_.home.Path(".kube/config")));
  }
}

TEST_F(FzfTest, WhereItFailsOrSaysSomethingElseTheNumberIsAskedFor) {
  for (const std::string script : {"exit 2\n", "echo edge\n", "printf '7\\tedge\\n'\n", "exit 0\n"}) {
    PutFzf(script);
    std::filesystem::remove_all(world_.home.Path(".kube"));
    const ProcessResult result = Install("1\n");
    EXPECT_EQ(result.status, 0) << result.out;
    EXPECT_THAT(result.out, HasSubstr("Which of these (numbers, or a part of a name)?"));
    EXPECT_THAT(Kubeconfig(), HasSubstr("- name: edge\n"));
  }
}

TEST_F(FzfTest, ATerminalThatIsNoneForItIsAskedAtAsWell) {
  PutFzf("sed -n 1p $HOME/read\n");
  world_.env["TERM"] = "dumb";
  EXPECT_THAT(Install("1\n").out, HasSubstr("Which of these"));
  EXPECT_FALSE(std::filesystem::exists(world_.home.Path("read")));
}

TEST_F(FzfTest, NoNameCanBeTwoLinesOrControlTheTerminal) {
  world_.sandbox.Post(
      "/fault",
      {{"match", {{"action", "DescribeClustersV1"}}},
       {"reply",
        {{"status", 200},
         {"headers", {{"content-type", "application/json"}}},
         {"body", R"({"clusters": [{"cluster_id": "c00000000000000000000000000000001", "state": "running",
                      "name": "a\n1\tb\u001b[2J"}], "page_info": {"total_count": 1}})"}}}});
  PutFzf("exit 130\n");
  EXPECT_EQ(Install().status, 1);
  EXPECT_THAT(Slurp(world_.home.Path("read")), HasSubstr("0\ta 1 b?[2J (c00000000000000000000000000000001)"));
}

}  // namespace
}  // namespace credential_provider
