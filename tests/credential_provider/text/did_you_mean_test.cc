#include "credential_provider/text/did_you_mean.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(DidYouMeanTest, ALetterMissingTooManyAnotherOrSwappedIsRecognised) {
  const std::vector<std::string> names = {"list", "install", "uninstall", "verify"};
  for (const char* const typed : {"instal", "installl", "insxall", "isntall", "INSTALL", "nstall"})
    EXPECT_THAT(NearestNames(typed, names), ElementsAre("install")) << typed;
  EXPECT_THAT(NearestNames("lst", names), ElementsAre("list"));
}

TEST(DidYouMeanTest, ShortWordsMustBeNearer) {
  EXPECT_THAT(NearestNames("dsk", {"disk", "none"}), ElementsAre("disk"));
  EXPECT_THAT(NearestNames("dk", {"do", "none"}), IsEmpty());
  EXPECT_THAT(NearestNames("remove", {"list", "install", "revoke"}), IsEmpty());
  EXPECT_THAT(NearestNames("prod", {"dev", "test"}), IsEmpty());
}

TEST(DidYouMeanTest, NamesThatAreEquallyNearAreAllNamed) {
  EXPECT_THAT(NearestNames("prod-3", {"prod-1", "test", "prod-2"}), ElementsAre("prod-1", "prod-2"));
  EXPECT_THAT(NearestNames("prod-9", {"prod-1", "prod-2", "prod-3", "prod-4"}),
              ElementsAre("prod-1", "prod-2", "prod-3"));
}

TEST(DidYouMeanTest, TheBeginningOfANameIsTakenForIt) {
  EXPECT_THAT(NearestNames("comp", {"list", "completion"}), ElementsAre("completion"));
  EXPECT_THAT(NearestNames("c", {"list", "completion"}), IsEmpty());
}

TEST(DidYouMeanTest, WhatIsTooLongForANameIsLeftAlone) {
  EXPECT_THAT(NearestNames(std::string(65, 'a'), {std::string(64, 'a')}), IsEmpty());
  EXPECT_THAT(NearestNames(std::string(64, 'a'), {std::string(65, 'a') + "b"}), ElementsAre(testing::_));
  EXPECT_THAT(NearestNames("", {"list"}), IsEmpty());
}

TEST(DidYouMeanTest, ReadsAsAQuestion) {
  EXPECT_EQ(DidYouMean("prd", {"prod"}), "did you mean prod?");
  EXPECT_EQ(DidYouMean("prod-3", {"prod-1", "prod-2"}), "did you mean prod-1 or prod-2?");
  EXPECT_EQ(DidYouMean("a\x1b-d", {"a\x1b-e"}), "did you mean a?-e?");
  EXPECT_EQ(DidYouMean("prd", {"prod"}, "`list` shows all"), "did you mean prod? `list` shows all");
  EXPECT_EQ(DidYouMean("other", {"prod"}, "`list` shows all"), "`list` shows all");
  EXPECT_EQ(DidYouMean("other", {"prod"}), "");
}

TEST(FirstNamesTest, SaysHowManyMoreThereAre) {
  EXPECT_EQ(FirstNames({"a", "b"}), "a, b");
  EXPECT_EQ(FirstNames(std::vector<std::string>(10, "x")), "x, x, x, x, x, x, x, x and 2 more");
  EXPECT_EQ(FirstNames({}), "");
}

}  // namespace
}  // namespace credential_provider
