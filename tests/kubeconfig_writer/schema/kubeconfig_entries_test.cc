#include "kubeconfig_writer/schema/kubeconfig_entries.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::YamlTree;
using testing::ElementsAre;
using testing::IsEmpty;

YamlTree Parsed(const std::string& text) {
  absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  EXPECT_TRUE(tree.ok()) << tree.status();
  EXPECT_EQ(CheckKubeconfig(*tree), absl::OkStatus());
  return *std::move(tree);
}

std::vector<std::string> NamesIn(const KubeconfigEntries& entries, KubeconfigList list) {
  std::vector<std::string> names;
  for (const auto* item : entries.In(list)) names.emplace_back(NameOf(*item));
  return names;
}

TEST(KubeconfigEntriesTest, KeepTheOrderOfTheFile) {
  const YamlTree tree = Parsed("users: [{name: b}, {name: a}]\ncontexts: [{name: c}]\n");
  const KubeconfigEntries entries(tree.root());
  EXPECT_THAT(NamesIn(entries, KubeconfigList::kUsers), ElementsAre("b", "a"));
  EXPECT_THAT(NamesIn(entries, KubeconfigList::kContexts), ElementsAre("c"));
  EXPECT_THAT(NamesIn(entries, KubeconfigList::kClusters), IsEmpty());
}

TEST(KubeconfigEntriesTest, AreFoundInTheirOwnListOnly) {
  const YamlTree tree = Parsed("users: [{name: a, user: {token: t}}]\nclusters: [{name: b}]\n");
  const KubeconfigEntries entries(tree.root());
  const auto* user = entries.FindContent(KubeconfigList::kUsers, "a");
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(FindField(*user, "token")->value(), "t");
  EXPECT_EQ(entries.Find(KubeconfigList::kUsers, "b"), nullptr);
  EXPECT_EQ(entries.Find(KubeconfigList::kClusters, "a"), nullptr);
  EXPECT_EQ(entries.FindContent(KubeconfigList::kContexts, "a"), nullptr);
}

TEST(KubeconfigEntriesTest, AnEntryNeedNotHaveContent) {
  const YamlTree tree = Parsed("users: [{name: a}]\n");
  const KubeconfigEntries entries(tree.root());
  EXPECT_NE(entries.Find(KubeconfigList::kUsers, "a"), nullptr);
  EXPECT_EQ(entries.FindContent(KubeconfigList::kUsers, "a"), nullptr);
}

TEST(KubeconfigEntriesTest, WithoutANameAreCalledByNone) {
  for (const char* const text : {"users: [{user: {token: t}}]\n", "users: [{name: , user: {token: t}}]\n",
                                 "users: [{name: ~, user: {token: t}}]\n"}) {
    const YamlTree tree = Parsed(text);
    EXPECT_NE(KubeconfigEntries(tree.root()).FindContent(KubeconfigList::kUsers, ""), nullptr) << text;
  }
}

TEST(KubeconfigEntriesTest, AreSeenThroughAliasesAndMergeKeys) {
  const YamlTree tree = Parsed(
      "extensions: [{name: shared, extension: &all [&one {name: a, user: &user {token: t}}]}]\n"
      "users: *all\n"
      "contexts: [{<<: {name: merged, context: {user: a}}}]\n");
  const KubeconfigEntries entries(tree.root());
  ASSERT_NE(entries.FindContent(KubeconfigList::kUsers, "a"), nullptr);
  const auto* context = entries.FindContent(KubeconfigList::kContexts, "merged");
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(FindField(*context, "user")->value(), "a");
}

TEST(KubeconfigEntriesTest, OfAnEmptyDocumentAreNone) {
  for (const char* const text : {"", "# nothing\n", "users:\n", "null\n"}) {
    const YamlTree tree = Parsed(text);
    const KubeconfigEntries entries(tree.root());
    for (const KubeconfigList list : kKubeconfigLists) EXPECT_THAT(entries.In(list), IsEmpty()) << text;
    EXPECT_EQ(&entries.root(), &tree.root());
  }
}

TEST(CurrentContextTest, IsTextOrNothing) {
  EXPECT_EQ(CurrentContextOf(Parsed("current-context: a\n").root()), "a");
  EXPECT_EQ(CurrentContextOf(Parsed("current-context: 'null'\n").root()), "null");
  for (const char* const text : {"", "users: []\n", "current-context:\n", "current-context: ~\n"})
    EXPECT_EQ(CurrentContextOf(Parsed(text).root()), "") << text;
}

}  // namespace
}  // namespace kubeconfig_writer
