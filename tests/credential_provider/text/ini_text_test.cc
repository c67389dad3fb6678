#include "credential_provider/text/ini_text.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(IniTextTest, KeysBelongToTheSectionAbove) {
  const auto sections = ParseIni("\xEF\xBB\xBF# c\r\n[a]\r\nk = v\r\n; c\r\n[ b ]\nk: w\nk2=x=y:z\n");
  ASSERT_TRUE(sections.ok()) << sections.status();
  EXPECT_EQ(sections->at("a").at("k"), "v");
  EXPECT_EQ(sections->at("b").at("k"), "w");
  EXPECT_EQ(sections->at("b").at("k2"), "x=y:z");
}

TEST(IniTextTest, CommentsBehindAValueAreCutUnlessItIsQuoted) {
  const auto sections = ParseIni("[a]\na = v # c\nb = v;c\nc = \"v # ; v\" # c\nd = 'v'\ne =\n");
  ASSERT_TRUE(sections.ok()) << sections.status();
  EXPECT_EQ(sections->at("a").at("a"), "v");
  EXPECT_EQ(sections->at("a").at("b"), "v");
  EXPECT_EQ(sections->at("a").at("c"), "v # ; v");
  EXPECT_EQ(sections->at("a").at("d"), "v");
  EXPECT_EQ(sections->at("a").at("e"), "");
}

TEST(IniTextTest, OtherTextIsRefusedWithItsLineAndNotQuoted) {
  for (const char* text : {"[a]\nfake-secret\n", "\n[a\n", "\nk = v\n"}) {
    EXPECT_EQ(ParseIni(text).status().message(), "line 2: neither [section] nor key = value") << text;
  }
}

}  // namespace
}  // namespace credential_provider
