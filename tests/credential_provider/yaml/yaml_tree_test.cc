#include "credential_provider/yaml/yaml_tree.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

YamlTree Parse(const std::string& text) {
  absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  EXPECT_TRUE(tree.ok()) << tree.status();
  return tree.ok() ? *std::move(tree) : *YamlTree::Parse("");
}

std::string Error(const std::string& text) { return std::string(YamlTree::Parse(text).status().message()); }

// The bytes of `text` at `node`.
std::string Source(const YamlTree& tree, const YamlNode& node) {
  return tree.text().substr(node.begin, node.end - node.begin);
}

TEST(YamlTreeTest, OffsetsAreBytesBehindAnyCharacters) {
  const YamlTree tree = Parse("# é中😀\n'é': \"中\\n\" # x\nb: [😀, 2]\n");
  EXPECT_EQ(Source(tree, *FindField(tree.root(), "é")), "\"中\\n\"");
  EXPECT_EQ(FindField(tree.root(), "é")->value(), "中\n");
  EXPECT_EQ(Source(tree, *FindField(tree.root(), "b")), "[😀, 2]");
  EXPECT_EQ(FindField(tree.root(), "b")->line, 3u);
}

TEST(YamlTreeTest, AByteOrderMarkShiftsOffsets) {
  const YamlTree tree = Parse(
      "\xEF\xBB\xBF"
      "a: b\n");
  EXPECT_EQ(tree.root().begin, 3u);
  EXPECT_EQ(Source(tree, *FindField(tree.root(), "a")), "b");
}

TEST(YamlTreeTest, ABlockEndsWithItsLastValue) {
  const YamlTree tree = Parse("a:\n- b: c # x\n\n# y\nd: e\n");
  EXPECT_EQ(Source(tree, *FindField(tree.root(), "a")), "- b: c");
  EXPECT_EQ(Source(tree, tree.root()), "a:\n- b: c # x\n\n# y\nd: e");
}

TEST(YamlTreeTest, EmptyLinesBelongToTextOnlyWhenItKeepsThem) {
  EXPECT_EQ(Source(Parse("a: |\n  b\n\n\n"), *FindField(Parse("a: |\n  b\n\n\n").root(), "a")), "|\n  b");
  EXPECT_EQ(Source(Parse("a: |+\n  b\n\n\n"), *FindField(Parse("a: |+\n  b\n\n\n").root(), "a")),
            "|+\n  b\n\n");
  EXPECT_EQ(Source(Parse("a: >\r\n  b\r\n"), *FindField(Parse("a: >\r\n  b\r\n").root(), "a")), ">\r\n  b");
}

TEST(YamlTreeTest, TextWithoutADocumentHasNullAtItsEnd) {
  for (const std::string text : {"", "\n", "# a\n"}) {
    const YamlTree tree = Parse(text);
    EXPECT_EQ(tree.root().kind, YamlKind::kScalar);
    EXPECT_EQ(tree.root().begin, text.size());
    EXPECT_EQ(tree.document_end(), text.size());
  }
}

TEST(YamlTreeTest, TheDocumentEndsBeforeItsMarker) {
  EXPECT_EQ(Parse("a: b\n...\n# c\n").document_end(), 5u);
}

TEST(YamlTreeTest, StylesAndPropertiesAreKept) {
  const YamlTree tree = Parse("- a\n- 'b'\n- \"c\"\n- |\n  d\n- >\n  e\n- {}\n- !!str &f g\n- *f\n");
  const std::vector<const YamlNode*> items = ItemsOf(tree.root());
  const YamlStyle styles[] = {YamlStyle::kPlain,   YamlStyle::kSingleQuoted, YamlStyle::kDoubleQuoted,
                              YamlStyle::kLiteral, YamlStyle::kFolded,       YamlStyle::kFlow};
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(items[i]->style, styles[i]) << i;
  EXPECT_EQ(TagOf(*items[6]), "tag:yaml.org,2002:str");
  EXPECT_EQ(AnchorOf(*items[6]), "f");
  EXPECT_EQ(Source(tree, *items[6]), "!!str &f g");
  EXPECT_EQ(&Resolve(*items[7]), items[6]);
}

TEST(YamlTreeTest, AnAliasStandsForTheAnchorLastDefinedAboveIt) {
  const YamlTree tree = Parse("- &a 1\n- *a\n- &a 2\n- *a\n- &a [&a 3, *a]\n");
  const std::vector<const YamlNode*> items = ItemsOf(tree.root());
  EXPECT_EQ(Resolve(*items[1]).value(), "1");
  EXPECT_EQ(Resolve(*items[3]).value(), "2");
  EXPECT_EQ(Resolve(*ItemsOf(*items[4])[1]).value(), "3");
}

TEST(YamlTreeTest, FieldsAreFoundThroughAliasesAndMergeKeys) {
  const YamlTree tree = Parse("a: &a {x: 1, y: 1}\nb: {y: 2, z: 2}\nc:\n  <<: [*a, {z: 3}]\n  x: 4\nd: *a\n");
  const YamlNode& c = *FindField(tree.root(), "c");
  EXPECT_EQ(FindField(c, "x")->value(), "4");
  EXPECT_EQ(FindField(c, "y")->value(), "1");
  EXPECT_EQ(FindField(c, "z")->value(), "3");
  EXPECT_EQ(FindField(*FindField(tree.root(), "d"), "y")->value(), "1");
  EXPECT_EQ(FindField(c, "w"), nullptr);
  EXPECT_EQ(FindField(*FindField(c, "x"), "w"), nullptr);
}

TEST(YamlTreeTest, ATreeThatMovesKeepsItsNodes) {
  YamlTree first = Parse("a: b");
  const YamlNode* value = FindField(first.root(), "a");
  const YamlTree second = std::move(first);
  EXPECT_EQ(FindField(second.root(), "a"), value);
  EXPECT_EQ(value->value(), "b");
}

TEST(YamlTreeTest, DepthIsBounded) {
  EXPECT_TRUE(YamlTree::Parse(std::string(100, '[') + std::string(100, ']')).ok());
  EXPECT_EQ(Error(std::string(101, '[') + std::string(101, ']')), "line 1: nested deeper than 100 levels");
}

TEST(YamlTreeTest, ErrorsNameTheLineAndQuoteNothing) {
  EXPECT_EQ(Error("a: b\nc: 'fake-secret\n"), "line 3: found unexpected end of stream");
  EXPECT_EQ(Error("a: b\n\xC3("), "line 2: invalid trailing UTF-8 octet");
  EXPECT_EQ(Error("a: b\n---\nc: d\n"), "line 2: a second document begins here");
}

TEST(YamlTreeTest, AnotherDocumentMayBeginWhenNothingIsInIt) {
  for (const std::string end : {"---\n", "--- # x\n\n# y\n", "---\n---", "...\n---\n...\n"}) {
    const YamlTree tree = Parse("a: b\n" + end);
    EXPECT_EQ(FindField(tree.root(), "a")->value(), "b");
    EXPECT_EQ(tree.document_end(), 5U);
  }
  for (const std::string end : {"c", "''", "&x", "!!str", "[]", "{}", "\n---\nc", "\n%YAML 1.2\n---\n"}) {
    EXPECT_NE(Error("a: b\n--- " + end), "");
  }
}

}  // namespace
}  // namespace credential_provider
