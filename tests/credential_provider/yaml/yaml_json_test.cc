#include "credential_provider/yaml/yaml_json.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using nlohmann::json;

std::string Json(const std::string& yaml) { return ToJson(YamlTree::Parse(yaml)->root()).dump(); }

TEST(YamlJsonTest, ScalarsHaveTheTypesOfYaml11) {
  EXPECT_EQ(Json("[a, '1', yes, ~, 010, 08, 0x10, 0b11, 0o17, 1_0, -1, +1, 1.5, 1e3]"),
            "[\"a\",\"1\",true,null,8,8.0,16,3,15,10,-1,1,1.5,1000.0]");
}

TEST(YamlJsonTest, IntegersOf64BitsAreExact) {
  EXPECT_EQ(Json("[9007199254740993, 18446744073709551615, -9223372036854775808]"),
            "[9007199254740993,18446744073709551615,-9223372036854775808]");
}

TEST(YamlJsonTest, KeysBecomeText) {
  EXPECT_EQ(Json("{n: 1, 0x10: 2, 'a b': 3}"), "{\"16\":2,\"a b\":3,\"false\":1}");
}

TEST(YamlJsonTest, WhatCannotBeAKeyHasNoText) {
  const YamlTree tree = *YamlTree::Parse("{~: 1, 1.5: 2, [a]: 3}");
  for (const YamlField& field : FieldsOf(tree.root())) EXPECT_FALSE(KeyText(*field.key).has_value());
}

TEST(YamlJsonTest, OwnFieldsWinOverMergedOnesAndEarlierSourcesOverLater) {
  EXPECT_EQ(Json("[&a {p: 1, q: 1}, &b {q: 2, r: 2}, {<<: [*a, *b], p: 3}]"),
            "[{\"p\":1,\"q\":1},{\"q\":2,\"r\":2},{\"p\":3,\"q\":1,\"r\":2}]");
}

}  // namespace
}  // namespace credential_provider
