#include "credential_provider/text/display_width.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(DisplayWidthTest, EastAsianCharactersAndEmojiTakeTwoColumns) {
  EXPECT_EQ(DisplayWidth("dev"), 3u);
  EXPECT_EQ(DisplayWidth("生产集群"), 8u);
  EXPECT_EQ(DisplayWidth("カナ"), 4u);
  EXPECT_EQ(DisplayWidth("ｶﾅ"), 2u) << "half-width";
  EXPECT_EQ(DisplayWidth("한국어"), 6u);
  EXPECT_EQ(DisplayWidth("ＡＢ（）"), 8u) << "full-width";
  EXPECT_EQ(DisplayWidth("🚀😀"), 4u);
  EXPECT_EQ(DisplayWidth("𠀀"), 2u) << "of plane 2";
}

TEST(DisplayWidthTest, CombiningMarksTakeNone) {
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
  EXPECT_EQ(DisplayWidth("\u05D0\u05B7"), 1u) << "Hebrew";
  EXPECT_EQ(DisplayWidth("\u0E01\u0E38"), 1u) << "Thai";
  EXPECT_EQ(DisplayWidth("\u1112\u1161\u11AB"), 2u) << "a Hangul syllable in three parts";
  EXPECT_EQ(DisplayWidth("\u2764\uFE0F"), 1u) << "with a variation selector";
  EXPECT_EQ(DisplayWidth("\u2068x\u2069"), 1u) << "isolated";
}

TEST(DisplayWidthTest, AllElseTakesOne) {
  EXPECT_EQ(DisplayWidth("…—é"), 3u);
  EXPECT_EQ(DisplayWidth("\xff\xc3"), 2u) << "no UTF-8";
  EXPECT_EQ(DisplayWidth(""), 0u);
}

TEST(CutToWidthTest, LeavesBothEndsWithinTheColumns) {
  EXPECT_EQ(CutToWidth("production", 10), "production");
  EXPECT_EQ(CutToWidth("production", 5), "pr…on");
  EXPECT_EQ(CutToWidth("production", 6), "pr…ion");
  EXPECT_EQ(CutToWidth("生产集群", 7), "生…群");
  EXPECT_EQ(CutToWidth("生产的集群", 8), "生…集群") << "half a character does not fit";
  EXPECT_EQ(CutToWidth("e\u0301e\u0301e\u0301e\u0301", 3), "e\u0301…e\u0301")
      << "a mark stays with its letter";
  EXPECT_EQ(CutToWidth("ab", 1), "…");
  EXPECT_EQ(CutToWidth("ab", 0), "");
}

TEST(IsolatedTest, OnlyWhatIsWrittenFromTheRight) {
  EXPECT_EQ(Isolated("生产 dev"), "生产 dev");
  EXPECT_EQ(Isolated("dev \u05D0"), "\u2068dev \u05D0\u2069");
  EXPECT_EQ(Isolated("\u0645\u0635\u0631"), "\u2068\u0645\u0635\u0631\u2069");
}

}  // namespace
}  // namespace credential_provider
