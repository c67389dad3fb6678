#include "credential_provider/text/fold_text.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(FoldTest, BreaksAtBlanksWithinTheColumns) {
  EXPECT_EQ(Fold("one two  three\nfour", {9}), "one two\nthree\nfour");
  EXPECT_EQ(Fold("one two three", {13}), "one two three");
  EXPECT_EQ(Fold("一二 三四 五", {9}), "一二 三四\n五") << "by the width of the characters";
  EXPECT_EQ(Fold("", {9}), "");
}

TEST(FoldTest, TheFirstLineIsBegunAndTheOthersAreIndented) {
  EXPECT_EQ(Fold("one two three", {12, 7, 2}), "one\n  two three");
  EXPECT_EQ(Fold("longer", {12, 9, 2}), "\n  longer") << "not even one word fits";
  EXPECT_EQ(Fold("one two", {12, 30, 2}), "\n  one two");
}

TEST(FoldTest, AWordThatIsTooWideHasALineOfItsOwn) {
  EXPECT_EQ(Fold("a bbbbbbbbbb c", {5}), "a\nbbbbbbbbbb\nc");
  EXPECT_EQ(Fold("bbbbbbbbbb c", {5}), "bbbbbbbbbb\nc");
}

TEST(FoldTest, ACommandStaysWhole) {
  EXPECT_EQ(Fold("run `kubectl config get-contexts`, then", {20}),
            "run\n`kubectl config get-contexts`,\nthen");
  EXPECT_EQ(Fold("a lone ` is a word", {8}), "a lone `\nis a\nword");
}

TEST(FoldTest, ChineseIsBrokenBesideEachCharacter) {
  EXPECT_EQ(Fold("集群不在列表中", {9}), "集群不在\n列表中");
  EXPECT_EQ(Fold("集群 dev 不在", {9}), "集群 dev\n不在");
  EXPECT_EQ(Fold("集群dev不在", {9}), "集群dev不\n在") << "no blank is put where none was";
}

TEST(FoldTest, NoChineseLineBeginsWithWhatClosesOrEndsWithWhatOpens) {
  EXPECT_EQ(Fold("集群不在，列表", {8}), "集群不\n在，列表");
  EXPECT_EQ(Fold("集群不「在」", {8}), "集群不\n「在」");
  EXPECT_EQ(Fold("运行 `kubectl ack`。", {17}), "运行\n`kubectl ack`。");
}

TEST(FoldParagraphsTest, EmptyLinesStay) {
  EXPECT_EQ(FoldParagraphs("one two\nthree\n\nfour five", 9), "one two\nthree\n\nfour five");
}

TEST(FoldParagraphsTest, AListStaysOne) {
  EXPECT_EQ(FoldParagraphs("It is\n\n  first  nothing was stored\n  lost   it is gone\n\nor not", 40),
            "It is\n\n  first  nothing was stored\n  lost   it is gone\n\nor not");
}

TEST(TwoColumnsTest, TheSecondIsFoldedInItsColumn) {
  EXPECT_EQ(
      TwoColumns({{"--name TEXT", "a text that is longer than its column is wide"}, {"--all", "all"}}, 46),
      "  --name TEXT  a text that is longer than its\n"
      "               column is wide\n"
      "  --all        all\n");
}

TEST(TwoColumnsTest, WhereItWouldBeTooNarrowItIsBelow) {
  EXPECT_EQ(TwoColumns({{"--name TEXT", "a text that is longer than this"}}, 30),
            "  --name TEXT\n      a text that is longer\n      than this\n");
}

}  // namespace
}  // namespace credential_provider
