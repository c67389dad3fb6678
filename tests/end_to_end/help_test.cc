// Every command of both programs shows its flags, and the manual page has all of them.
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

class HelpTest : public testing::TestWithParam<std::string> {
 protected:
  // The words of the commands, as completion offers them after `words`.
  std::vector<std::vector<std::string>> Commands(const std::vector<std::string>& words = {}) {
    std::vector<std::string> args = {GetParam(), "complete", "--"};
    args.insert(args.end(), words.begin(), words.end());
    args.emplace_back();
    std::vector<std::vector<std::string>> commands;
    const std::string offered = world_.Run(args).out;
    for (const absl::string_view line : absl::StrSplit(offered, '\n', absl::SkipEmpty())) {
      const std::pair<std::string, std::string> word_and_meaning =
          absl::StrSplit(line, absl::MaxSplits('\t', 1));
      std::vector<std::string> command = words;
      command.push_back(word_and_meaning.first);
      if (!word_and_meaning.second.empty()) {
        commands.push_back(command);
        continue;
      }
      for (const std::vector<std::string>& longer : Commands(command)) commands.push_back(longer);
    }
    return commands;
  }

  World world_{SharedSandbox()};
};

TEST_P(HelpTest, EveryCommandShowsItsFlagsAndIsInTheManualPage) {
  const ProcessResult page = world_.Run({GetParam(), "man"});
  EXPECT_EQ(page.status, 0);
  const std::vector<std::vector<std::string>> commands = Commands();
  EXPECT_GT(commands.size(), 8u);
  for (const std::vector<std::string>& command : commands) {
    std::vector<std::string> args = {GetParam()};
    args.insert(args.end(), command.begin(), command.end());
    args.emplace_back("--help");
    const ProcessResult help = world_.Run(args);
    EXPECT_EQ(help.status, 0) << args[1];
    EXPECT_THAT(help.out, HasSubstr("\nFlags:\n"));
    EXPECT_THAT(help.out, HasSubstr("\nExamples:\n"));
    std::string section = ".Ss";
    for (const std::string& word : command) section += " " + word;
    EXPECT_THAT(page.out, HasSubstr(section));
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, HelpTest, testing::Values("credential_provider", "kubeconfig_writer"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace credential_provider
