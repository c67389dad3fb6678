#include "kubeconfig_writer/yaml/text_lines.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

std::string Insert(const std::string& text, size_t offset, size_t column, const std::string& lines) {
  return Apply(text, {InsertLines(text, offset, column, lines)});
}

TEST(TextLinesTest, LinesEndWithAnyOfThreeBreaks) {
  const std::string text = "a\nb\r\nc\rd";
  EXPECT_EQ(LineBegin(text, 2), 2u);
  EXPECT_EQ(LineEnd(text, 2), 3u);
  EXPECT_EQ(NextLine(text, 2), 5u);
  EXPECT_EQ(NextLine(text, 5), 7u);
  EXPECT_EQ(NextLine(text, 7), text.size());
}

TEST(TextLinesTest, AByteOrderMarkIsNoColumn) {
  EXPECT_EQ(ColumnOf("\xEF\xBB\xBF  a", 5), 2u);
  EXPECT_TRUE(IsFirstInLine("\xEF\xBB\xBF  a", 5));
}

TEST(TextLinesTest, OnlyACommentAfterABlankIsAComment) {
  EXPECT_TRUE(IsRestEmpty("a # b\n", 1));
  EXPECT_TRUE(IsRestEmpty("a \t\r\n", 1));
  EXPECT_FALSE(IsRestEmpty("a#b\n", 1));
  EXPECT_TRUE(IsRestEmpty("[]#b\n", 2));
  EXPECT_FALSE(IsRestEmpty("a, b\n", 1));
}

TEST(TextLinesTest, ContentIsFoundBehindCommentsAndBlankLines) {
  EXPECT_EQ(SkipToContent("a # - b\n\n  # - c\n  - d", 1), 19u);
  EXPECT_EQ(SkipToContent("a # b", 1), 5u);
}

TEST(TextLinesTest, NewLinesGoBehindDeeperComments) {
  EXPECT_EQ(Insert("- a\n\n  # of a\n\n# next\n", 2, 0, "- b\n"), "- a\n\n  # of a\n- b\n\n# next\n");
}

TEST(TextLinesTest, ATextWithoutFinalBreakGetsNone) { EXPECT_EQ(Insert("- a", 2, 0, "- b\n"), "- a\n- b"); }

TEST(TextLinesTest, RemovingIsTheReverseOfInserting) {
  for (const std::string text : {"- a", "- a\n", "- a\n# x", "- a\n# x\n"}) {
    const std::string longer = Insert(text, 2, 0, "- b\n  c\n");
    const size_t begin = longer.find("- b");
    EXPECT_EQ(Apply(longer, {RemoveLines(longer, begin, begin + 6)}), text);
  }
}

TEST(TextLinesTest, RemovingTheLastLineWithoutABreakTakesTheBreakBeforeIt) {
  EXPECT_EQ(Apply("a\r\nb", {RemoveLines("a\r\nb", 3, 4)}), "a");
  EXPECT_EQ(Apply("a", {RemoveLines("a", 0, 1)}), "");
}

}  // namespace
}  // namespace kubeconfig_writer
