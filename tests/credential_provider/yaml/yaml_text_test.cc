#include "credential_provider/yaml/yaml_text.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

class PlainTest : public testing::TestWithParam<const char*> {};

TEST_P(PlainTest, StandsWithoutQuotes) { EXPECT_TRUE(IsPlainSafe(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Texts, PlainTest,
                         testing::Values("alice", "https://192.0.2.1:6443/x", "--cluster-id", "-x", "--a=b,c",
                                         "/opt/my plugins/run", "./plugin", "../plugin", "_x", "LS0tLS1=",
                                         "a:b", "client.authentication.k8s.io/v1", "yesterday", "none"));

//
class QuotedTest : public testing::TestWithParam<const char*> {};

TEST_P(QuotedTest, NeedsQuotes) { EXPECT_FALSE(IsPlainSafe(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Texts, QuotedTest,
                         testing::Values("", " ", "n", "Y", "yes", "oFF", "TRUE", "null", "~", "123", "0x1F",
                                         "1_000", "1e3", ".5", "+1", "-1", "-.inf", ".nan", "12:30",
                                         "2024-01-01", "=", "<<", "-", "--", "---", "...", ".", "- a", "a: b",
                                         "a:", "a #b", "#a", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a",
                                         "?", "? a", ":a", "{a}", "[a]", "a\nb", "a\tb", "a ", " a", "'a'",
                                         "\"a\"", "a\\b", "é", "a]", "a{"));

TEST(YamlTextTest, WithinBracketsCommasAndColonsNeedQuotes) {
  for (const char* text : {"a,b", "a:b", "https://a"}) {
    EXPECT_TRUE(IsPlainSafe(text));
    EXPECT_FALSE(IsPlainSafeInFlow(text));
  }
  EXPECT_TRUE(IsPlainSafeInFlow("--cluster-id=a/b"));
}

TEST(YamlTextTest, SingleQuotesAreDoubled) { EXPECT_EQ(Quote("it's", '\''), "'it''s'"); }

TEST(YamlTextTest, WhatSingleQuotesCannotHoldGetsDoubleOnes) {
  EXPECT_EQ(Quote("a\nb", '\''), "\"a\\nb\"");
  EXPECT_EQ(Quote("a\xE2\x80\xA8", '\''), "\"a\\u2028\"");
}

TEST(YamlTextTest, DoubleQuotesHoldEverythingAsJsonDoes) {
  EXPECT_EQ(Quote("\"\\\t\r\n\x01\x7F/", '"'), "\"\\\"\\\\\\t\\r\\n\\u0001\\u007F/\"");
  EXPECT_EQ(Quote("\xC2\x85|\xEF\xBB\xBF|\xEF\xBF\xBE", '"'), "\"\\u0085|\\uFEFF|\\uFFFE\"");
  EXPECT_EQ(Quote("é中😀", '"'), "\"é中😀\"");
}

}  // namespace
}  // namespace credential_provider
