#include "credential_provider/text/shell_words.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

struct Case {
  const char* name;
  const char* command;
  std::vector<std::string> words;
};

class SplitCommandTest : public testing::TestWithParam<Case> {};

TEST_P(SplitCommandTest, GivesTheWordsOfAShell) {
  const auto words = SplitCommand(GetParam().command);
  ASSERT_TRUE(words.ok()) << words.status();
  EXPECT_THAT(*words, testing::ElementsAreArray(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Commands, SplitCommandTest,
    testing::Values(
        Case{"Blanks", "  a \t b\nc  ", {"a", "b", "c"}},
        Case{"DoubleQuotes", R"("a b" "c\"d\\e\$f\`g" "\x")", {"a b", "c\"d\\e$f`g", "\\x"}},
        Case{"SingleQuotes", R"('a "b" \c')", {"a \"b\" \\c"}},
        Case{"Backslash", R"(a\ b \"c)", {"a b", "\"c"}},
        Case{"JoinedParts",
             R"(--key="a b"'c'd)",
             {"--key=a bc"
              "d"}},
        Case{"EmptyWord", R"(a "" '' b)", {"a", "", "", "b"}},
        Case{"NothingIsExpanded", "a $HOME * ~ `b`; c | d", {"a", "$HOME", "*", "~", "`b`;", "c", "|", "d"}}),
    [](const auto& test) { return test.param.name; });

TEST(SplitCommandTest, WhatCannotBeSplitIsRefused) {
  EXPECT_EQ(SplitCommand("a 'b").status().message(), "a quote is left open");
  EXPECT_EQ(SplitCommand("a \"b\\\"").status().message(), "a quote is left open");
  EXPECT_EQ(SplitCommand("a \\").status().message(), "ends with a backslash");
  EXPECT_EQ(SplitCommand(" ").status().message(), "names no program");
  EXPECT_EQ(SplitCommand("'' a").status().message(), "names no program");
}

TEST(ShellWordTest, IsQuotedWhereAShellWouldReadMoreThanAWord) {
  const std::pair<const char*, const char*> words[] = {
      {"prod", "prod"},
      {"a/b.c_d-e@f%g,h:i+j=k", "a/b.c_d-e@f%g,h:i+j=k"},
      {"", "''"},
      {"a b", "'a b'"},
      {"it's", "'it'\\''s'"},
      {"$(id)", "'$(id)'"},
      {"`id`", "'`id`'"},
      {"~", "'~'"},
      {"#1", "'#1'"},
      {"=ls", "'=ls'"},
      {"\xc3\xa4", "'\xc3\xa4'"},
      {"a\nb", "$'a\\012b'"},
      {"a\x1b[2J'\\", "$'a\\033[2J\\'\\\\'"},
      {"\xe2\x80\xae", "$'\\342\\200\\256'"},
      {"\xff", "$'\\377'"},
  };
  for (const auto& [word, quoted] : words) EXPECT_EQ(ShellWord(word), quoted);
}

TEST(ShellLineTest, IsSplitIntoItsWordsAgain) {
  const std::vector<std::string> words = {"kubectl", "config", "delete-context", "it's my \"$(id)\" prod"};
  EXPECT_EQ(*SplitCommand(ShellLine(words)), words);
}

}  // namespace
}  // namespace credential_provider
