// What kubectl loads. Whole files, with the verdict of real kubectl, are kubeconfig_vectors_test's.
#include "kubeconfig_writer/schema/kubeconfig_schema.h"

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlTree;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using testing::Values;

struct Row {
  const char* name;
  const char* text;
  int line = 0;            // that the refusal names; 0 when kubectl loads the file
  const char* words = "";  // that are in the refusal
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

absl::Status Check(const char* text) {
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  return tree.ok() ? CheckKubeconfig(*tree) : tree.status();
}

class KubeconfigSchemaTest : public testing::TestWithParam<Row> {};

TEST_P(KubeconfigSchemaTest, AsKubectlLoadsIt) {
  const absl::Status status = Check(GetParam().text);
  if (GetParam().line == 0) {
    EXPECT_EQ(status, absl::OkStatus());
    return;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              AllOf(StartsWith(absl::StrCat("line ", GetParam().line, ": ")), HasSubstr(GetParam().words)));
}

INSTANTIATE_TEST_SUITE_P(Document, KubeconfigSchemaTest,
                         Values(Row{"Empty", ""}, Row{"CommentOnly", "# nothing\n"}, Row{"Null", "null\n"},
                                Row{"NoHeader", "users: []\n"}, Row{"EmptyHeader", "apiVersion: ''\nkind:\n"},
                                Row{"Header", "apiVersion: v1\nkind: Config\n"},
                                Row{"AList", "[]\n", 1, "not a kubeconfig"},
                                Row{"AWord", "kubeconfig\n", 1, "not a kubeconfig"},
                                Row{"AnotherVersion", "kind: Config\napiVersion: v2\n", 2, "apiVersion"},
                                Row{"AnotherKind", "apiVersion: v1\nkind: config\n", 2, "kind"}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Lists, KubeconfigSchemaTest,
    Values(Row{"Null", "users:\nclusters: null\n"}, Row{"NullItems", "users: [null]\n"},
           Row{"NullContent", "users: [{name: a, user: null}]\n"},
           Row{"WithoutName", "users: [{user: {token: t}}]\n"},
           Row{"NamesThatDifferInCase", "users: [{name: a}, {name: A}]\n"},
           Row{"OneNameInTwoLists", "users: [{name: a}]\nclusters: [{name: a}]\n"},
           Row{"AMapping", "users: {}\n", 1, "users must be a list"},
           Row{"AnItemThatIsText", "contexts:\n- a\n", 2, "contexts must be a mapping"},
           Row{"ANameTwice", "users:\n- name: a\n- name: a\n", 3, "the name \"a\""},
           Row{"TwoWithoutName", "users:\n- user:\n- user:\n", 3, "the name \"\""},
           Row{"ANameThatIsANumber", "users: [{name: 1}]\n", 1, "name must be text; quote it"},
           Row{"ANameThatIsABool", "contexts: [{name: no}]\n", 1, "name must be text; quote it"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Fields, KubeconfigSchemaTest,
    Values(Row{"Unknown", "users: [{name: a, user: {Token: [1], more: 2}, other: 3}]\n"},
           Row{"Text", "users:\n- user:\n    token: 12\n", 3, "token must be text; quote it"},
           Row{"QuotedText", "users: [{user: {token: '12'}}]\n"},
           Row{"Bool", "clusters: [{cluster: {insecure-skip-tls-verify: 'yes'}}]\n", 1,
               "insecure-skip-tls-verify must be true or false"},
           Row{"BoolOfYaml11", "clusters: [{cluster: {insecure-skip-tls-verify: on}}]\n"},
           Row{"Base64", "users: [{user: {client-key-data: a-b_}}]\n", 1, "client-key-data must be base64"},
           Row{"Texts", "users: [{user: {as-groups: dev}}]\n", 1,
               "as-groups must be a list of texts; quote them"},
           Row{"TextsInTexts", "users: [{user: {exec: {args: [1]}}}]\n", 1,
               "args must be a list of texts; quote them"},
           Row{"TextMap", "users: [{user: {auth-provider: {config: {a: 1}}}}]\n", 1,
               "config must be a mapping of texts"},
           Row{"TextsMap", "users: [{user: {as-user-extra: {a: b}}}]\n", 1,
               "as-user-extra must be a mapping of text lists"},
           Row{"Object", "users: [{user: {exec: plugin}}]\n", 1, "exec must be a mapping"},
           Row{"Objects", "users: [{user: {exec: {env: [A]}}}]\n", 1, "env must be a mapping"},
           Row{"MergedIn", "users: [{user: {<<: {token: 12}}}]\n", 1, "token must be text; quote it"},
           Row{"MergedInAndReplaced", "users: [{user: {<<: {token: 12}, token: t}}]\n"},
           Row{"BehindAnAlias", "extensions: [{extension: &n 12}]\nusers: [{user: {token: *n}}]\n", 1,
               "token must be text; quote it"},
           Row{"Extensions", "extensions: [{name: a, extension: [1, yes, {b: c}]}]\n"},
           Row{"ExtensionTwice", "extensions: [{name: a}, {name: a}]\n", 1, "the name \"a\""},
           Row{"CurrentContext", "current-context: 1\n", 1, "current-context must be text; quote it"}),
    [](const auto& test) { return test.param.name; });

TEST(KubeconfigSchemaTest, OfValuesOnlyNamesAreShown) {
  for (const char* const text : {"users: [{name: a, user: {token: [marked]}}]\n",
                                 "users: [{name: a, user: {client-key-data: marked!}}]\n",
                                 "users: [{name: a, user: {exec: marked}}]\n", "kind: marked\n"}) {
    const absl::Status status = Check(text);
    EXPECT_FALSE(status.ok()) << text;
    EXPECT_THAT(status.ToString(), testing::Not(HasSubstr("marked")));
  }
}

TEST(KubeconfigSchemaTest, ANameReachesNoTerminalRaw) {
  EXPECT_THAT(std::string(Check("users: [{name: \"a\\e[2J\"}, {name: \"a\\e[2J\"}]\n").message()),
              HasSubstr("the name \"a?[2J\""));
}

TEST(KubeconfigListTest, HasItsKeys) {
  EXPECT_EQ(ListKey(KubeconfigList::kClusters), "clusters");
  EXPECT_EQ(ListKey(KubeconfigList::kUsers), "users");
  EXPECT_EQ(ListKey(KubeconfigList::kContexts), "contexts");
  EXPECT_EQ(EntryKey(KubeconfigList::kClusters), "cluster");
  EXPECT_EQ(EntryKey(KubeconfigList::kUsers), "user");
  EXPECT_EQ(EntryKey(KubeconfigList::kContexts), "context");
}

}  // namespace
}  // namespace kubeconfig_writer
