#include "credential_provider/cli/command_line.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr FlagSpec kSpecs[] = {{"--name", "TEXT", "a text"}, {"--all", nullptr, "a switch"}};

TEST(ParseFlagsTest, TakesBothSpellingsSwitchesAndOperands) {
  const auto flags = ParseFlags(kSpecs, {"one", "--name", "a", "--all", "-", "--", "--name"});
  ASSERT_TRUE(flags.ok());
  EXPECT_EQ(flags->Get("--name"), "a");
  EXPECT_TRUE(flags->Has("--all"));
  EXPECT_THAT(flags->operands(), testing::ElementsAre("one", "-", "--name"));
  EXPECT_EQ(ParseFlags(kSpecs, {"--name=a=b"})->Get("--name"), "a=b");
}

TEST(ParseFlagsTest, AFlagThatIsNotThereGivesTheFallback) {
  EXPECT_EQ(ParseFlags(kSpecs, {})->Get("--name", "f"), "f");
  EXPECT_FALSE(ParseFlags(kSpecs, {})->Has("--all"));
}

TEST(ParseFlagsTest, MistakesNameTheFlagAndNeverTheValue) {
  EXPECT_EQ(ParseFlags(kSpecs, {"--secret=hidden"}).status().message(), "--secret: no such flag");
  EXPECT_EQ(ParseFlags(kSpecs, {"--name"}).status().message(), "--name: needs a value");
  EXPECT_EQ(ParseFlags(kSpecs, {"--name="}).status().message(), "--name: is empty");
  EXPECT_EQ(ParseFlags(kSpecs, {"--name", "a", "--name=b"}).status().message(), "--name: given twice");
  EXPECT_EQ(ParseFlags(kSpecs, {"--all=yes"}).status().message(), "--all: takes no value");
}

constexpr FlagSpec kPathFlags[] = {{"--file", "FILE", ""},
                                   {"--dir", "DIR", ""},
                                   {"--program", "PATH", ""},
                                   {"--name", "NAME", ""},
                                   {"--all", nullptr, ""}};

TEST(CheckPathsTest, ATildeThatNoShellHasExpandedIsRefusedWhereAPathIsMeant) {
  for (const char* const flag : {"--file", "--dir", "--program"}) {
    for (const std::string tilde : {"~", "~/x"}) {
      const ParsedFlags flags = *ParseFlags(kPathFlags, {std::string(flag) + "=" + tilde});
      EXPECT_EQ(CheckPaths(kPathFlags, flags).message(),
                std::string(flag) + ": begins with a ~ that no shell has expanded");
    }
  }
  for (const char* const fine : {"--file=~user/x", "--file=x~/y", "--name=~/x", "--all"})
    EXPECT_TRUE(CheckPaths(kPathFlags, *ParseFlags(kPathFlags, {fine})).ok()) << fine;
}

TEST(WithAbsolutePathsTest, PathsAreAbsoluteAndAllElseStays) {
  const std::string here = std::filesystem::current_path().string();
  EXPECT_THAT(WithAbsolutePaths(kPathFlags, {"get", "--file", "a", "--all", "--name", "--file", "--dir", "/b",
                                             "--program", "./c", "--", "--file", "d"}),
              testing::ElementsAre("get", "--file", here + "/a", "--all", "--name", "--file", "--dir", "/b",
                                   "--program", here + "/c", "--", "--file", "d"));
}

TEST(FormatFlagsTest, AlignsTheTexts) {
  EXPECT_EQ(FormatFlags(kSpecs), "  --name TEXT  a text\n  --all        a switch\n");
}

}  // namespace
}  // namespace credential_provider
