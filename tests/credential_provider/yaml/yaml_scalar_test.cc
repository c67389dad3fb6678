#include "credential_provider/yaml/yaml_scalar.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// The vectors measured with kubectl.
TEST(YamlScalarTest, WordsOfYaml11AreBools) {
  for (const char* word : {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"}) {
    EXPECT_EQ(TypeOfPlain(word), YamlType::kBool) << word;
    EXPECT_TRUE(BoolOfPlain(word)) << word;
  }
  for (const char* word : {"n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"}) {
    EXPECT_EQ(TypeOfPlain(word), YamlType::kBool) << word;
    EXPECT_FALSE(BoolOfPlain(word)) << word;
  }
  for (const char* word : {"yEs", "oN", "tRUE", "yess"})
    EXPECT_EQ(TypeOfPlain(word), YamlType::kString) << word;
}

TEST(YamlScalarTest, NothingAndItsNamesAreNull) {
  for (const char* word : {"", "~", "null", "Null", "NULL"})
    EXPECT_EQ(TypeOfPlain(word), YamlType::kNull) << word;
  EXPECT_EQ(TypeOfPlain("nULL"), YamlType::kString);
}

TEST(YamlScalarTest, NumbersMayHavePrefixesUnderscoresAndExponents) {
  for (const char* number : {"0", "123", "010", "08", "-1", "+1", "0x1F", "0X1f", "0b1", "0o17", "1_000",
                             "1e3", "1E-3", "1.", ".5", "-.5", "1.5e+3", "+_1"}) {
    EXPECT_EQ(TypeOfPlain(number), YamlType::kNumber) << number;
  }
}

TEST(YamlScalarTest, WhatOnlyLooksLikeANumberIsText) {
  for (const char* text : {"12:30", "2024-01-01", "1.2.3", "0x",  "0xG", "0b2",  "0o8", "1e", "e1", "_1",
                           ".",     "-",          "+",     "--1", "._5", ".5_0", "1-1", "v1", "=",  "-x"}) {
    EXPECT_EQ(TypeOfPlain(text), YamlType::kString) << text;
  }
}

TEST(YamlScalarTest, InfinityIsNotFinite) {
  for (const char* text : {".inf", "-.Inf", "+.INF", ".nan"})
    EXPECT_EQ(TypeOfPlain(text), YamlType::kNotFinite) << text;
}

TEST(YamlScalarTest, QuotesAndTagsMakeText) {
  const YamlTree tree = *YamlTree::Parse("- '1'\n- !!str 1\n- !x 1\n- |-\n  1\n");
  for (const YamlNode* item : ItemsOf(tree.root())) EXPECT_EQ(TextOf(*item).value_or("none"), "1");
}

TEST(YamlScalarTest, NullIsEmptyTextAndOtherTypesAreNone) {
  const YamlTree tree = *YamlTree::Parse("[~, 1, yes, !!int 1, [a]]");
  const std::vector<const YamlNode*> items = ItemsOf(tree.root());
  EXPECT_EQ(TextOf(*items[0]).value_or("none"), "");
  for (size_t i = 1; i < items.size(); ++i) EXPECT_FALSE(TextOf(*items[i]).has_value()) << i;
}

}  // namespace
}  // namespace credential_provider
