#include "credential_provider/cli/self/completion.h"

#include "credential_provider/cli/self/completion_script.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::vector<FlagSpec> Flags(const Command&) {
  return {{"--store", "KIND", "where", "disk|none"}, {"--file", "FILE", "which"}, {"--all", nullptr, "all"}};
}

absl::StatusOr<Output> Run(const Command&, const ParsedFlags&, const Environment&) { return Output{}; }

constexpr Command kGetOne = {"get one", "", "gets one", "", &Flags, &Run};
constexpr Command kGetOther = {"get other", "", "gets another", "", &Flags, &Run};
constexpr Command kDrop = {"drop",
                           "NAME",
                           "drops",
                           "",
                           &Flags,
                           &Run,
                           [](const ParsedFlags& flags, const Environment&) -> std::vector<std::string> {
                             return {"a", "b\nc", std::string(flags.Get("--file", "none"))};
                           }};
constexpr Command kPrint = {"print", "this|that", "prints", "", &Flags, &Run};
constexpr Command kWrap = {"wrap", "-- COMMAND", "wraps", "", &Flags, &Run};
constexpr Command kRead = {"read", "[FILE]...", "reads", "", &Flags, &Run};
constexpr Command kSecret = {"internal", "", "", "", &Flags, &Run};
std::vector<Command> Commands() { return {kGetOne, kGetOther, kDrop, kPrint, kWrap, kRead, kSecret}; }
constexpr Program kProgram = {"program", "program tests.", "", &Commands};

std::string Complete(const std::vector<std::string>& words) {
  const char* const environment[] = {nullptr};
  return CompleteWords(kProgram, words, Environment(environment));
}

TEST(CompletionTest, OffersCommandsButNotHiddenOnes) {
  EXPECT_EQ(Complete({""}), "get\t\ndrop\tdrops\nprint\tprints\nwrap\twraps\nread\treads\n");
  EXPECT_EQ(Complete({"d"}), "drop\tdrops\n");
  EXPECT_EQ(Complete({"get", "o"}), "one\tgets one\nother\tgets another\n");
  EXPECT_EQ(Complete({"unknown", ""}), "");
}

TEST(CompletionTest, OffersFlagsThatAreNotGivenYet) {
  EXPECT_EQ(Complete({"get", "one", "--s"}), "--store\twhere\n");
  EXPECT_EQ(Complete({"get", "one", "--all", "--store=disk", ""}),
            "--file\twhich\n--help\twhat the command does, and its flags\n");
}

TEST(CompletionTest, OffersTheValuesOfAFlagInBothSpellings) {
  EXPECT_EQ(Complete({"get", "one", "--store", "d"}), "disk\t\n");
  EXPECT_EQ(Complete({"get", "one", "--store="}), "--store=disk\t\n--store=none\t\n");
  EXPECT_EQ(Complete({"get", "one", "--file", ""}), kOfferFiles);
  EXPECT_EQ(Complete({"get", "one", "--file=x"}), kOfferFiles);
}

TEST(CompletionTest, OffersOperandsOnALineEach) {
  EXPECT_EQ(Complete({"drop", "--file", "given", ""}), "a\t\ngiven\t\n");
  EXPECT_EQ(Complete({"drop", "--no-such-flag", ""}), "a\t\nnone\t\n");
  EXPECT_EQ(Complete({"read", "x"}), kOfferFiles);
  EXPECT_EQ(Complete({"print", "th"}), "this\t\nthat\t\n");
}

TEST(CompletionTest, WhatIsBehindTwoHyphensBelongsToAnotherProgram) {
  EXPECT_EQ(Complete({"wrap", "--", "--s"}), kOfferFiles);
}

TEST(CompletionScriptTest, IsThereForThreeShells) {
  for (const char* shell : {"bash", "zsh", "fish"})
    EXPECT_THAT(*CompletionScript(shell, "my_program"), testing::HasSubstr("my_program complete -- "))
        << shell;
  EXPECT_EQ(CompletionScript("tcsh", "p").status().message(), "completion: needs bash, zsh or fish");
}

}  // namespace
}  // namespace credential_provider
