// `status --prompt`, and the recipes of docs/prompt.md in the shells that are here.
#include <regex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/installed_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class PromptTest : public testing::Test {
 protected:
  void SetUp() override {
    world_.Put("bin");
    world_.env["PATH"] = world_.home.Path("bin") + ":" + kSystemPath;
    world_.forbid_sockets = false;
  }

  void InstallDev(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"--context-name", "dev"};
    args.insert(args.end(), more.begin(), more.end());
    const ProcessResult installed = world_.Install("bin/kubeconfig_writer", args);
    ASSERT_EQ(installed.status, 0) << installed.err;
    world_.sandbox.Post("/reset");
  }

  // Makes a socket deadly, and looks that nothing was said but the line.
  std::string Prompt(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"status", "--prompt"};
    args.insert(args.end(), more.begin(), more.end());
    world_.forbid_sockets = true;
    const ProcessResult result = world_.RunAt("bin/kubeconfig_writer", args);
    world_.forbid_sockets = false;
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
    return result.out;
  }

  void Edit(const std::string& from, const std::string& to) {
    Spill(world_.config, absl::StrReplaceAll(Slurp(world_.config), {{from, to}}));
  }

  bool Has(const std::string& shell) { return world_.Run({"sh", "-c", "command -v " + shell}).status == 0; }

  // The block of the page for `language`.
  static std::string Recipe(const std::string& language) {
    const std::string page = Slurp(Runfile("docs/prompt.md"));
    const size_t begin = page.find("```" + language + "\n");
    EXPECT_NE(begin, std::string::npos);
    const size_t first = page.find('\n', begin) + 1;
    return page.substr(first, page.find("```", first) - first);
  }

  InstalledWorld world_;
};

TEST_F(PromptTest, SaysContextIdentityAndTimeLeft) {
  InstallDev();
  EXPECT_THAT(Prompt(), MatchesRegex("dev sandbox-alice 5[0-9]m\n"));
  EXPECT_THAT(Prompt({"dev", "--kubeconfig", world_.config}), MatchesRegex("dev sandbox-alice 5[0-9]m\n"));
  world_.clock_shift_s = 100 * 3600;
  EXPECT_THAT(Prompt(), testing::AnyOf("dev sandbox-alice expired\n", "dev sandbox-alice not stored\n"));
  world_.clock_shift_s = 0;
  ASSERT_EQ(world_.RunAt("bin/kubeconfig_writer", {"forget", "dev"}).status, 0);
  EXPECT_EQ(Prompt(), "dev sandbox-alice not stored\n");
}

TEST_F(PromptTest, OfARoleItIsTheRolesName) {
  InstallDev({"--role-arn", "acs:ram::1000000000000001:role/ack-reader"});
  EXPECT_THAT(Prompt(), MatchesRegex("dev ack-reader [0-9hm]+\n"));
}

TEST_F(PromptTest, WhatIsWrongStandsInPlaceOfTheTime) {
  InstallDev();
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  world_.env.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  EXPECT_EQ(Prompt(), "dev no identity\n");
  Edit(world_.home.Path("bin/credential_provider"), "/nowhere/credential_provider");
  EXPECT_EQ(Prompt(), "dev command not found\n");
}

TEST_F(PromptTest, OfAnothersContextItIsTheName) {
  std::filesystem::create_directories(world_.home.Path(".kube"));
  Spill(world_.config,
        "apiVersion: v1\nkind: Config\ncurrent-context: \"other\\u001b[31m\"\n"
        "contexts:\n- context: {cluster: c, user: u}\n  name: \"other\\u001b[31m\"\n"
        "users:\n- name: u\n  user: {username: u}\n");
  EXPECT_THAT(Prompt(), MatchesRegex("other[^\x1b]*31m\n"));
}

TEST_F(PromptTest, WhateverIsWrongItSaysNothing) {
  EXPECT_EQ(Prompt(), "") << "no kubeconfig";
  std::filesystem::create_directories(world_.home.Path(".kube"));
  Spill(world_.config, "");
  EXPECT_EQ(Prompt(), "") << "an empty one";
  Spill(world_.config, "apiVersion: v1\nkind: Config\ncurrent-context: gone\n");
  EXPECT_EQ(Prompt(), "") << "a context that is not there";
  Spill(world_.config, "users: [\n");
  EXPECT_EQ(Prompt(), "") << "one that cannot be parsed";
  world_.env["KUBECONFIG"] = "~/config";
  EXPECT_EQ(Prompt(), "") << "a path that no shell has expanded";
  world_.env["KUBECONFIG"] = world_.home.path();
  EXPECT_EQ(Prompt(), "") << "a folder";
  world_.env.erase("KUBECONFIG");
  world_.env.erase("HOME");
  EXPECT_EQ(Prompt(), "") << "no home";
  world_.env["HOME"] = world_.home.path();
  std::filesystem::create_directories(world_.home.Path(".config/credential_provider"));
  Spill(world_.home.Path(".config/credential_provider/config"), "no such file\n");
  EXPECT_EQ(Prompt(), "") << "defaults that cannot be read";
}

TEST_F(PromptTest, OfSeveralFilesTheFirstOneCounts) {
  InstallDev();
  const std::string first = world_.home.Path("first");
  Spill(first, "apiVersion: v1\nkind: Config\ncurrent-context: dev\n");
  Edit("current-context: dev", "current-context: nothing");
  world_.env["KUBECONFIG"] = first + ":" + world_.home.Path("missing") + ":" + world_.config;
  EXPECT_THAT(Prompt(), MatchesRegex("dev sandbox-alice 5[0-9]m\n"));
}

TEST_F(PromptTest, AFileInAnotherStyleGivesTheSame) {
  InstallDev();
  const std::string usual = Prompt();
  Spill(world_.config, "# mine\n--- # begins\n" + Slurp(world_.config));
  EXPECT_EQ(Prompt().substr(0, 20), usual.substr(0, 20));
}

TEST_F(PromptTest, WithOtherFlagsItIsWrongUsage) {
  const ProcessResult wrong =
      world_.RunAt("bin/kubeconfig_writer", {"status", "--prompt", "--output", "json"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("--prompt: takes one context and --kubeconfig at most"));
}

TEST_F(PromptTest, TheRecipeForBash) {
  InstallDev();
  const ProcessResult shown = world_.Run(
      {"bash", "--norc", "--noprofile", "-c", "PS1='$ '\n" + Recipe("bash") + "printf '%s' \"${PS1@P}\""});
  EXPECT_THAT(shown.out, MatchesRegex("\\(dev sandbox-alice 5[0-9]m\\) \\$ ")) << shown.err;
  std::filesystem::remove(world_.config);
  EXPECT_EQ(world_
                .Run({"bash", "--norc", "--noprofile", "-c",
                      "PS1='$ '\n" + Recipe("bash") + "printf '%s' \"${PS1@P}\""})
                .out,
            "$ ");
}

TEST_F(PromptTest, TheRecipesLeaveTheStatusOfTheLastCommand) {
  InstallDev();
  const ProcessResult bash =
      world_.Run({"bash", "--norc", "--noprofile", "-c",
                  "PS1='[$?] '\n" + Recipe("bash") + "false\nprintf '%s' \"${PS1@P}\""});
  EXPECT_THAT(bash.out, MatchesRegex("\\(dev .*\\) \\[1\\] ")) << bash.err;
  if (!Has("zsh")) GTEST_SKIP() << "zsh is not installed";
  Spill(world_.home.Path("typed"), "PROMPT='[%?] '\n" + Recipe("zsh") + "(exit 3)\ntrue\n");
  const ProcessResult zsh = world_.Run({"sh", "-c", "zsh -f -i <typed 2>&1"});
  EXPECT_THAT(zsh.out, testing::ContainsRegex("\\(dev [^\n]*\\) \\[3\\] "));
}

TEST_F(PromptTest, TheRecipeForZsh) {
  if (!Has("zsh")) GTEST_SKIP() << "zsh is not installed";
  InstallDev();
  Edit("dev", "d%Fev");  // what a prompt would expand
  const ProcessResult shown =
      world_.Run({"zsh", "-f", "-c", "PROMPT='$ '\n" + Recipe("zsh") + "kube_prompt; print -nP \"$PROMPT\""});
  EXPECT_THAT(shown.out, MatchesRegex("\\(d%Fev sandbox-alice 5[0-9]m\\) \\$ ")) << shown.err;
}

TEST_F(PromptTest, TheRecipeForFish) {
  if (!Has("fish")) GTEST_SKIP() << "fish is not installed";
  InstallDev();
  const ProcessResult shown = world_.Run({"fish", "--no-config", "-c", Recipe("fish") + "fish_right_prompt"});
  EXPECT_THAT(shown.out, MatchesRegex("dev sandbox-alice 5[0-9]m\n")) << shown.err;
}

TEST_F(PromptTest, TheRecipeForStarship) {
  InstallDev();
  const std::string recipe = Recipe("toml");
  std::smatch command;
  ASSERT_TRUE(std::regex_search(recipe, command, std::regex("command = \"([^\"]*)\"")));
  EXPECT_THAT(world_.Run({"sh", "-c", command[1]}).out, MatchesRegex("dev sandbox-alice 5[0-9]m\n"));
  if (!Has("starship")) GTEST_SKIP() << "starship is not installed; its command was run alone";
  Spill(world_.home.Path("starship.toml"), recipe);
  world_.env["STARSHIP_CONFIG"] = world_.home.Path("starship.toml");
  const ProcessResult shown = world_.Run({"starship", "module", "custom.kube"});
  EXPECT_THAT(shown.out, HasSubstr("dev sandbox-alice")) << shown.err;
}

}  // namespace
}  // namespace credential_provider
