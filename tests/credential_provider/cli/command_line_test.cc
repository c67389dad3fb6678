#include "credential_provider/cli/command_line.h"

#include <filesystem>

#include "credential_provider/base/status_context.h"
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

TEST(ParseFlagsTest, AFlagThatIsNearlyOneGetsAHint) {
  EXPECT_EQ(HintOf(ParseFlags(kSpecs, {"--nmae", "a"}).status()), "did you mean --name?");
  EXPECT_EQ(HintOf(ParseFlags(kSpecs, {"-name=a"}).status()), "did you mean --name?");
  EXPECT_EQ(HintOf(ParseFlags(kSpecs, {"--secret=name"}).status()), "");
}

constexpr FlagSpec kShortSpecs[] = {{"--output", "FORMAT", "how", "json|yaml", Preset::kAlone, "-o"},
                                    {"--help", nullptr, "this", nullptr, Preset::kNever, "-h"},
                                    {"--time", "TIME", "when"},
                                    {"--region", "REGION", "where"},
                                    {"--url", "URL", "at"}};

TEST(ParseFlagsTest, AShortNameIsThatOfTheLongOne) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"-o", "json"}, {"-o=json"}, {"-ojson"}, {"--output", "json"}})
    EXPECT_EQ(ParseFlags(kShortSpecs, args)->Get("--output"), "json") << args[0];
  EXPECT_TRUE(ParseFlags(kShortSpecs, {"-h"})->Has("--help"));
  EXPECT_EQ(ParseFlags(kShortSpecs, {"-o", "json", "--output=yaml"}).status().message(),
            "--output: given twice");
  EXPECT_EQ(ParseFlags(kShortSpecs, {"-o"}).status().message(), "-o: needs a value");
  EXPECT_EQ(ParseFlags(kShortSpecs, {"-o="}).status().message(), "-o: is empty");
  EXPECT_EQ(ParseFlags(kShortSpecs, {"-hx"}).status().message(), "-hx: no such flag");
}

TEST(HasFlagTest, NeitherAValueNorWhatIsAfterTwoHyphensIsAFlag) {
  const FlagSpec& help = kShortSpecs[1];
  EXPECT_TRUE(HasFlag(kShortSpecs, help, {"--unknown", "x", "-h"}));
  EXPECT_TRUE(HasFlag(kShortSpecs, help, {"--help", "--", "x"}));
  EXPECT_FALSE(HasFlag(kShortSpecs, help, {"--url", "-h", "-o", "--help"}));
  EXPECT_FALSE(HasFlag(kShortSpecs, help, {"x", "--", "-h"}));
}

std::string AboutFlag(const std::string& name, const std::string& value) {
  return std::string(
      ParseFlags(kShortSpecs, {name, value})->About(name, absl::InvalidArgumentError("bad")).message());
}

TEST(AboutTest, ShowsTheValueWhereItCanBeNoSecret) {
  EXPECT_EQ(AboutFlag("--time", "5m"), "--time 5m: bad");
  EXPECT_EQ(AboutFlag("--region", "a.b"), "--region a.b: bad");
  EXPECT_EQ(AboutFlag("--output", "xml"), "--output xml: bad");
  EXPECT_EQ(AboutFlag("--url", "https://user:word@host"), "--url: bad");
  EXPECT_EQ(AboutFlag("--time", std::string(24, 'k')), "--time: bad") << "as long as a key";
  EXPECT_EQ(ParsedFlags().About("--time", absl::InvalidArgumentError("needed")).message(), "--time: needed");
}

TEST(AboutTest, AValueThatIsNearlyAChoiceGetsAHint) {
  const ParsedFlags flags = *ParseFlags(kShortSpecs, {"--output", "jsno"});
  EXPECT_EQ(flags.CheckChoice("--output").message(), "--output jsno: not one of json, yaml");
  EXPECT_EQ(HintOf(flags.CheckChoice("--output")), "did you mean json?");
  EXPECT_TRUE(ParseFlags(kShortSpecs, {"--output", "yaml"})->CheckChoice("--output").ok());
  EXPECT_TRUE(ParsedFlags().CheckChoice("--output").ok());
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
  EXPECT_EQ(FormatFlags({kShortSpecs, 2}), "  -o, --output FORMAT  how\n  -h, --help           this\n");
}

}  // namespace
}  // namespace credential_provider
