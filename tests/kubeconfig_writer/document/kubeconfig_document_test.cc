#include "kubeconfig_writer/document/kubeconfig_document.h"

#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr KubeconfigList kClusters = KubeconfigList::kClusters;
constexpr KubeconfigList kUsers = KubeconfigList::kUsers;
constexpr KubeconfigList kContexts = KubeconfigList::kContexts;

struct Refusal {
  const char* name;
  std::string text;
  std::string error;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

const Refusal kRefusals[] = {
    {"TwoDocuments", "kind: Config\n---\nkind: Config\n", "line 2: a second document begins here"},
    {"AKeyTwice", "users:\n- name: a\n  user:\n    token: fake-1\n    token: fake-2\n",
     "line 5: a key is twice in one mapping"},
    {"ANameTwice", "users:\n- name: a\n- name: a\n", "line 3: the name \"a\" is twice in users"},
    {"ANameTwiceThroughAnAlias", "users:\n- &a {name: a}\n- *a\n",
     "line 3: the name \"a\" is twice in users"},
    {"Utf16", std::string("\xFF\xFEk\0", 4), "line 1: UTF-16; only UTF-8 is understood"},
    {"Latin1", "kind: Config\n# \xE9t\xE9 x\n", "line 2: invalid trailing UTF-8 octet"},
    {"Nul", std::string("kind: Config\n#\0\n", 16), "line 2: control characters are not allowed"},
    {"ATabThatIndents", "users:\n\t- name: a\n", "line 2: found character that cannot start any token"},
    {"AByteOrderMarkWithin", "kind: Config\n\xEF\xBB\xBF# x\n", "line 2: a byte order mark within the text"},
    {"AnotherKind", "kind: Pod\n", "line 1: not a kubeconfig: kind is not Config"},
    {"AnotherVersion", "kind: Config\napiVersion: v2\n", "line 2: not a kubeconfig: apiVersion is not v1"},
    {"AList", "- name: a\n", "line 1: not a kubeconfig: no mapping of keys"},
    {"AListThatIsAMap", "users: {}\n", "line 1: users must be a list"},
    {"ANumberForText", "users:\n- name: 123\n", "line 2: name must be text; quote it"},
    {"ABoolForText", "contexts:\n- context:\n    namespace: n\n", "line 3: namespace must be text; quote it"},
    {"ANumberAmongArgs", "users:\n- user:\n    exec: {args: [a, 8080]}\n",
     "line 3: args must be a list of texts; quote them"},
    {"TextForABool", "clusters:\n- cluster:\n    insecure-skip-tls-verify: 'true'\n",
     "line 3: insecure-skip-tls-verify must be true or false"},
    {"DataThatIsNotBase64", "users:\n- user:\n    client-key-data: fake-key\n",
     "line 3: client-key-data must be base64"},
    {"AMergeKeyBehindOthers", "x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n",
     "line 4: a merge key must be first in its mapping"},
    {"AnAliasInItself", "x: &x [*x]\n", "line 1: an alias inside the node it stands for"},
    {"AnUnknownAlias", "x: *x\n", "line 1: an alias to an anchor that is not defined above it"},
    {"Yaml12", "%YAML 1.2\n---\nkind: Config\n", "line 1: only YAML 1.1 is understood"},
    {"Infinity", "x: .inf\n", "line 1: infinity and not-a-number cannot be used"},
    {"AnEscapedSlash", "{\"x\": \"a\\/b\"}", "line 1: the escape \\/ is unknown to kubectl; write / alone"},
    {"TooDeep", std::string(101, '[') + std::string(101, ']'), "line 1: nested deeper than 100 levels"},
    {"TooLarge", std::string((16 << 20) + 1, '\n'), "larger than 16777216 bytes"},
    {"AliasesThatMultiply",
     "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: "
     "[*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
     "line 3: aliases make the text many times larger"},
};

class RefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, NamesLineAndReason) {
  const absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(GetParam().text);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(std::string(document.status().message()), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(Refusals, RefusalTest, testing::ValuesIn(kRefusals),
                         [](const auto& test) { return test.param.name; });

// Files that are fine to read, with a place where an edit would not be safe.
const Refusal kUnsafePlaces[] = {
    {"AListThatIsAnAlias", "x: &x\n- name: a\nusers: *x\n", "line 3: users is an alias"},
    {"AListWithAnAnchor", "users: &x\n- name: ours\nx: *x\n", "line 1: users has an anchor or a tag"},
    {"AMergeKeyAtTheTop", "<<: {x: 1}\nusers: []\n", "line 1: the file has a merge key"},
    {"AnEntryThatIsAnAlias", "x: &x {name: ours}\nusers:\n- *x\n", "line 3: the entry is an alias"},
    {"AnEntryWithAMergeKey", "x: &x {user: {as: bob}}\nusers:\n- <<: *x\n  name: ours\n",
     "line 3: the entry has a merge key"},
    {"ContentThatOthersReferTo", "users:\n- name: ours\n  user: &x {as: bob}\n- name: a\n  user: *x\n",
     "line 5: refers to the entry that would change"},
    {"ContentWithAMergeKey", "x: &x {as: bob}\nusers:\n- name: ours\n  user:\n    <<: *x\n",
     "line 5: a merge key is in what would change"},
    {"AFieldWithAMergeKey", "x: &x {command: a}\nusers:\n- name: ours\n  user:\n    exec: {<<: *x}\n",
     "line 5: a merge key is in what would change"},
    {"AFieldWithAnAlias", "x: &x fake\nusers:\n- name: ours\n  user:\n    client-key-data: *x\n",
     "line 5: an alias is in what would change"},
    {"KeysBehindQuestionMarks", "? kind\n: Config\n", "line 1: a key after a question mark"},
    {"TextThatALineBreakWouldChange", "x: |\n  text",
     "line 1: a block of text ends the file without a line break, which belongs to its value; add one"},
};

class UnsafePlaceTest : public testing::TestWithParam<Refusal> {};

TEST_P(UnsafePlaceTest, IsRefusedAndNothingChanges) {
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(GetParam().text);
  ASSERT_TRUE(document.ok()) << document.status();
  const absl::Status status = document->Set(kUsers, "ours", {{"token", "fake"}});
  EXPECT_EQ(std::string(status.message()), GetParam().error);
  EXPECT_EQ(document->text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Places, UnsafePlaceTest, testing::ValuesIn(kUnsafePlaces),
                         [](const auto& test) { return test.param.name; });

struct Spelling {
  const char* name;
  std::string text;
};

void PrintTo(const Spelling& spelling, std::ostream* out) { *out << spelling.name; }

// Where the value of current-context may be, and how it may be written.
const Spelling kCurrentContexts[] = {
    {"AsAwsCliWritesALongName", "current-context: \n  a\nkind: Config\n"},
    {"OnTheNextLine", "current-context:\n  a\nkind: Config\n"},
    {"Last", "kind: Config\ncurrent-context:\n  a\n"},
    {"WithoutAFinalLineBreak", "kind: Config\ncurrent-context:\n  a"},
    {"BehindComments", "current-context: # mine\n\n  # of today\n  a # yes\n# end\nkind: Config\n"},
    {"OverTwoLines", "current-context: a\n  b\nkind: Config\n"},
    {"FoldedInQuotes", "current-context: \"a\\\n  b\"\nkind: Config\n"},
    {"InSingleQuotesBelow", "current-context:\n  'a'\nkind: Config\n"},
    {"Folded", "current-context: >-\n  a\n\n# end\nkind: Config\n"},
    {"Literal", "current-context: |-\n  a\nkind: Config\n"},
    {"LiteralAtTheEnd", "kind: Config\ncurrent-context: |-\n    a\n"},
    {"KeptLineBreaks", "current-context: |+\n  a\n\n\nkind: Config\n"},
    {"Tagged", "current-context: !!str\n  a\nkind: Config\n"},
    {"AnAnchorThatNobodyUses", "current-context: &c a\nkind: Config\n"},
    {"AnAlias", "x: &c a\ncurrent-context:\n  *c\nkind: Config\n"},
    {"NullOnTheNextLine", "current-context:\n  null\nkind: Config\n"},
    {"EmptyOnTheNextLine", "current-context:\n  ''\nkind: Config\n"},
    {"LineBreaksOfWindows", "current-context:\r\n  a\r\nkind: Config\r\n"},
    {"IndentedAsAWhole", "  current-context:\n    a\n  kind: Config\n"},
    {"ATabBehindTheColon", "current-context:\t\n  a\t# x\nkind: Config\n"},
    {"InBracesBelow", "{kind: Config, current-context:\n  ''\n}\n"},
    {"NullInBraces", "{kind: Config, current-context: null}\n"},
    {"SingleQuotesInBraces", "{kind: Config, current-context: ''}\n"},
    {"DoubleQuotesInBraces", "{kind: Config, current-context: \"\", x: 'a', y: 'b'}\n"},
};

class CurrentContextTest : public testing::TestWithParam<Spelling> {};

// A name that is written plain, and one that only double quotes can hold.
TEST_P(CurrentContextTest, IsReplacedAndTheOneBeforeComesBackByteByByte) {
  for (const std::string name : {"new", "\u2028x"}) {
    KubeconfigDocument document = *KubeconfigDocument::Parse(GetParam().text);
    const absl::Status used = document.SetCurrentContext(name);
    ASSERT_TRUE(used.ok()) << used;
    EXPECT_EQ(document.current_context(), name);
    ASSERT_TRUE(document.SetCurrentContext("other").ok());
    EXPECT_EQ(document.current_context(), "other");
    ASSERT_TRUE(document.SetCurrentContext(name).ok());
    ASSERT_TRUE(document.RemoveCurrentContext().ok()) << document.text();
    EXPECT_EQ(document.text(), GetParam().text);
  }
}

TEST_P(CurrentContextTest, ComesBackAmongEntriesThatWereAddedToo) {
  KubeconfigDocument document = *KubeconfigDocument::Parse(GetParam().text);
  ASSERT_TRUE(document.SetCurrentContext("new").ok());
  for (const KubeconfigList list : kKubeconfigLists)
    ASSERT_TRUE(document.Set(list, "new", {{"x", "y"}}).ok()) << document.text();
  std::vector<KubeconfigEdit> edits = {KubeconfigEdit::Unuse()};
  for (const KubeconfigList list : kKubeconfigLists) edits.push_back(KubeconfigEdit::Remove(list, "new"));
  const absl::Status removed = document.Apply(edits);
  EXPECT_TRUE(removed.ok()) << removed << document.text();
  EXPECT_EQ(document.text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Spellings, CurrentContextTest, testing::ValuesIn(kCurrentContexts),
                         [](const auto& test) { return test.param.name; });

TEST(KubeconfigDocumentTest, ACurrentContextThatOthersReferToIsNotReplaced) {
  const std::string text = "current-context: &c a\nx: *c\n";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  EXPECT_EQ(document.SetCurrentContext("new").message(), "line 2: refers to the entry that would change");
  EXPECT_EQ(document.text(), text);
}

// Ways to say that a list is empty, at the top.
TEST(KubeconfigDocumentTest, AnEmptyListOnAnotherLineIsFilledAndComesBack) {
  for (const std::string text :
       {"users:\n  null\nkind: Config\n", "users: # none\n\n  ~ # yet\n", "users:\n  []\n"}) {
    KubeconfigDocument document = *KubeconfigDocument::Parse(text);
    ASSERT_TRUE(document.Set(kUsers, "ours", {{"token", "fake"}}).ok());
    ASSERT_TRUE(document.Remove(kUsers, "ours").ok());
    EXPECT_EQ(document.text(), text);
  }
}

// A stanza as it may be written below "exec:" in block style, or in brackets.
const Spelling kStanzas[] = {
    {"KubectlsNull", "      args: null\n      command: aws\n"},
    {"NullWithAComment", "      args: null # the plugin reads PLUGIN_ARGS\n      command: aws\n"},
    {"NullAtTheEnd", "      command: aws\n      args: null"},
    {"NothingBehindTheColon", "      args:\n      command: aws\n"},
    {"NothingButComments", "      args: # none\n        # at all\n      command: aws\n"},
    {"NullOnTheNextLine", "      args:\n        # none\n        null\n      command: aws\n"},
    {"AnEmptyList", "      args: [] # none\n      command: aws\n"},
    {"AnEmptyListOfTwoLines", "      args: [\n      ]\n      command: aws\n"},
    {"ACommandOnTheNextLine", "      command:\n        aws\n      args:\n      - a\n"},
    {"AFoldedCommand", "      command: >-\n        aws\n      args:\n      - a\n"},
    {"AFoldedCommandWithComments", "      command: >- # x\n        aws\n\n      # y\n      args: [a]\n"},
    {"ALiteralCommandAtTheEnd", "      args: [a]\n      command: |-\n        aws\n"},
    {"ACommandOfTwoLines", "      command: \"/opt/my\n        plugin\"\n      args: [a]\n"},
    {"AnEscapeInTheCommand", "      command: \"a\\u0077s\"\n      args: [a]\n"},
    {"QuotesWithoutNeed", "      command: 'aws'\n      args: [a]\n"},
    {"ATaggedCommand", "      command: !!str aws\n      args: [a]\n"},
    {"APlainCommandThatWeWouldQuote", "      command: aws{}\n      args: [a]\n"},
};

class StanzaTest : public testing::TestWithParam<Spelling> {};

// As `install exec` and `uninstall` do.
TEST_P(StanzaTest, IsExchangedAndComesBackByteByByte) {
  for (const std::string newline : {"\n", "\r\n"}) {
    const std::string text = absl::StrReplaceAll(
        "users:\n- name: u\n  user:\n    exec:\n      apiVersion: v1\n" + GetParam().text, {{"\n", newline}});
    KubeconfigDocument document = *KubeconfigDocument::Parse(text);
    nlohmann::ordered_json user = *document.Find(kUsers, "u");
    const nlohmann::ordered_json args = user["exec"].value("args", nlohmann::ordered_json());
    const std::string command = user["exec"]["command"];
    for (const char* other : {"credential_provider", "/opt/credential provider"}) {
      user["exec"]["command"] = other;
      user["exec"]["args"] = {"get", "exec", "--", command};
      if (args.is_array()) user["exec"]["args"].insert(user["exec"]["args"].end(), args.begin(), args.end());
      const absl::Status wrapped = document.Set(kUsers, "u", user);
      ASSERT_TRUE(wrapped.ok()) << wrapped << document.text();
    }
    user["exec"]["command"] = command;
    user["exec"].erase("args");
    if (args.is_array() && !args.empty()) user["exec"]["args"] = args;
    const absl::Status unwrapped = document.Set(kUsers, "u", user);
    ASSERT_TRUE(unwrapped.ok()) << unwrapped << document.text();
    EXPECT_EQ(document.text(), text);
    ASSERT_TRUE(document.Set(kUsers, "u", user).ok());
    EXPECT_EQ(document.text(), text);
  }
}

TEST(KubeconfigDocumentTest, NoArgsWithinBracketsComeBackAsTheyWereWritten) {
  for (const char* args : {", args: null", ", args: ~", ", args: []", ", args: [ ]", ", args: ", ""}) {
    for (const char* comment : {"", " # none\n  ", "\n  "}) {
      const std::string text =
          absl::StrCat("users:\n- name: u\n  user: {exec: {command: aws", args, comment, "}}\n");
      KubeconfigDocument document = *KubeconfigDocument::Parse(text);
      ASSERT_TRUE(document.Set(kUsers, "u", {{"exec", {{"command", "x"}, {"args", {"a"}}}}}).ok());
      ASSERT_TRUE(document.Set(kUsers, "u", {{"exec", {{"command", "aws"}}}}).ok()) << document.text();
      EXPECT_EQ(document.text(), text);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Spellings, StanzaTest, testing::ValuesIn(kStanzas),
                         [](const auto& test) { return test.param.name; });

TEST(KubeconfigDocumentTest, ABareLineThatBeginsAnotherDocumentIsHarmless) {
  for (const std::string end : {"---\n", "---", "--- # x\n\n# y\n", "...\n---\n", "---\n---\n"}) {
    const std::string text = "users: []\n" + end;
    absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text);
    ASSERT_TRUE(document.ok()) << document.status();
    ASSERT_TRUE(document->Set(kUsers, "a", {{"token", "fake"}}).ok()) << end;
    EXPECT_EQ(document->text(), "users: # []\n- name: a\n  user:\n    token: fake\n" + end);
    ASSERT_TRUE(document->Remove(kUsers, "a").ok()) << end;
    EXPECT_EQ(document->text(), text);
  }
}

TEST(KubeconfigDocumentTest, AnEmptyDocumentBeforeABareLineIsFilledAboveIt) {
  for (const std::string text : {"---\n---\n", "# x\n---\n---\n", "{}\n---\n"}) {
    KubeconfigDocument document = *KubeconfigDocument::Parse(text);
    ASSERT_TRUE(document.Set(kUsers, "a", {{"token", "fake"}}).ok()) << text;
    EXPECT_TRUE(KubeconfigDocument::Parse(document.text())->Has(kUsers, "a"));
    ASSERT_TRUE(document.Remove(kUsers, "a").ok()) << text;
    EXPECT_EQ(document.text(), text);
  }
}

TEST(KubeconfigDocumentTest, WhatIsNoFaultOfOneLineHasAHintOfItsOwn) {
  EXPECT_THAT(credential_provider::HintOf(KubeconfigDocument::Parse(std::string("\xFF\xFEk\0", 4)).status()),
              HasSubstr("iconv -f UTF-16 -t UTF-8"));
  EXPECT_THAT(credential_provider::HintOf(KubeconfigDocument::Parse("x: 1\n---\nx: 2\n").status()),
              HasSubstr("the first document alone"));
  EXPECT_EQ(credential_provider::HintOf(KubeconfigDocument::Parse("x: [").status()), "");
}

TEST(KubeconfigDocumentTest, AnEntryThatOthersReferToIsNotRemoved) {
  const std::string text = "users:\n- name: ours\n  user: &x {as: bob}\n- name: a\n  user: *x\n";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  EXPECT_EQ(document.Remove(kUsers, "ours").message(), "line 5: refers to the entry that would change");
  EXPECT_EQ(document.text(), text);
}

TEST(KubeconfigDocumentTest, ACommentWithinBracketsIsNotLost) {
  const std::string text = "users: [{name: a}, # about b\n  {name: b}]\n";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  EXPECT_EQ(document.Remove(kUsers, "b").message(), "line 2: a comment is beside the entry, within brackets");
  EXPECT_EQ(document.text(), text);
}

TEST(KubeconfigDocumentTest, NamesAndContentAreReadThroughAliasesAndMergeKeys) {
  const KubeconfigDocument document = *KubeconfigDocument::Parse(
      "x: &x {as: bob}\nusers:\n- &a {name: a, user: *x}\n- name: b\n  user:\n    <<: *x\n    token: fake\n");
  EXPECT_THAT(document.Names(kUsers), ElementsAre("a", "b"));
  EXPECT_EQ(*document.Find(kUsers, "a"), json({{"as", "bob"}}));
  EXPECT_EQ(*document.Find(kUsers, "b"), json({{"as", "bob"}, {"token", "fake"}}));
}

TEST(KubeconfigDocumentTest, UnknownFieldsAreRead) {
  const KubeconfigDocument document = *KubeconfigDocument::Parse("users: [{name: a, user: {x: 1, n: y}}]");
  EXPECT_EQ(*document.Find(kUsers, "a"), json::parse(R"({"x": 1, "false": true})"));
}

TEST(KubeconfigDocumentTest, AnEntryWithoutContentIsNotAMissingOne) {
  const KubeconfigDocument document = *KubeconfigDocument::Parse("users:\n- name: a\n");
  EXPECT_TRUE(document.Find(kUsers, "a")->is_null());
  EXPECT_FALSE(document.Find(kUsers, "b").has_value());
  EXPECT_FALSE(document.Has(kClusters, "a"));
}

TEST(KubeconfigDocumentTest, RemovingWhatIsNotThereChangesNothing) {
  const std::string text = "{\"users\": [{\"name\": \"a\"}]}";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  EXPECT_TRUE(document.Remove(kUsers, "b").ok());
  EXPECT_TRUE(document.Remove(kContexts, "a").ok());
  EXPECT_TRUE(document.RemoveCurrentContext().ok());
  EXPECT_EQ(document.text(), text);
}

TEST(KubeconfigDocumentTest, AnEntryWithoutAnythingHasAnEmptyName) {
  KubeconfigDocument document = *KubeconfigDocument::Parse("users:\n- # nobody\n");
  EXPECT_TRUE(document.Has(kUsers, ""));
  EXPECT_EQ(document.Set(kUsers, "", {{"token", "fake"}}).message(),
            "line 2: the entry has nothing but its dash");
  ASSERT_TRUE(document.Remove(kUsers, "").ok());
  EXPECT_EQ(document.text(), "");
}

TEST(KubeconfigDocumentTest, ANameOrValueThatIsNotUtf8IsRefused) {
  KubeconfigDocument document = *KubeconfigDocument::Parse("kind: Config\n");
  EXPECT_FALSE(document.Set(kUsers, "\xFF", {{"token", "fake"}}).ok());
  EXPECT_FALSE(document.Set(kUsers, "a", {{"token", "\xC3"}}).ok());
  EXPECT_EQ(document.text(), "kind: Config\n");
}

TEST(KubeconfigDocumentTest, AnEntryWithoutContentCannotBeSet) {
  KubeconfigDocument document = *KubeconfigDocument::Parse("");
  EXPECT_EQ(document.Set(kUsers, "a", nlohmann::ordered_json::object()).message(),
            "an entry without content");
}

TEST(KubeconfigDocumentTest, ContentThatKubectlWouldRefuseIsNotWritten) {
  KubeconfigDocument document = *KubeconfigDocument::Parse("kind: Config\n");
  const absl::Status refused = document.Set(kUsers, "a", {{"token", 5}});
  // Not "line 5": the user's file has one.
  EXPECT_EQ(refused.message(),
            "the edit would make a file that kubectl cannot read (token must be text; quote it); nothing was "
            "written");
  EXPECT_THAT(credential_provider::HintOf(refused), HasSubstr("write the file anew"));
  EXPECT_EQ(document.text(), "kind: Config\n");
}

TEST(KubeconfigDocumentTest, TheContextBeforeIsKeptThroughSeveralChanges) {
  const std::string text = "current-context: alice # dear\n";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  ASSERT_TRUE(document.SetCurrentContext("a").ok());
  ASSERT_TRUE(document.SetCurrentContext("b").ok());
  EXPECT_EQ(document.text(), "current-context: b # kubeconfig_writer: was alice # dear\n");
  ASSERT_TRUE(document.RemoveCurrentContext().ok());
  EXPECT_EQ(document.text(), text);
}

TEST(KubeconfigDocumentTest, AFileThatOthersAddedToStays) {
  KubeconfigDocument document = KubeconfigDocument::ForMissingFile();
  EXPECT_TRUE(document.file_missing());
  ASSERT_TRUE(document.Set(kUsers, "ours", {{"token", "fake"}}).ok());
  EXPECT_FALSE(document.file_missing());
  document = *KubeconfigDocument::Parse(document.text() + "current-context: theirs\n");
  ASSERT_TRUE(document.Remove(kUsers, "ours").ok());
  EXPECT_FALSE(document.file_missing());
  EXPECT_EQ(document.current_context(), "theirs");
}

TEST(KubeconfigDocumentTest, SeveralFirstEntriesOfAListCanComeAtOnce) {
  for (const char* const text : {"", "kind: Config\n", "users: []\n", "{}\n", "users:\n"}) {
    absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text);
    ASSERT_TRUE(document.ok());
    const absl::Status applied = document->Apply({KubeconfigEdit::Set(kUsers, "a", {{"token", "fake-1"}}),
                                                  KubeconfigEdit::Set(kUsers, "b", {{"token", "fake-2"}}),
                                                  KubeconfigEdit::Set(kUsers, "c", {{"token", "fake-3"}})});
    EXPECT_TRUE(applied.ok()) << applied << text;
    EXPECT_THAT(document->Names(kUsers), ElementsAre("a", "b", "c"));
  }
}

TEST(KubeconfigDocumentTest, AHundredEntriesComeAndGo) {
  const std::string text = "kind: Config\nusers:\n  - name: alice\n    user: {token: fake-alice}\n# end\n";
  KubeconfigDocument document = *KubeconfigDocument::Parse(text);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(document.Set(kUsers, std::to_string(i), {{"token", "fake"}}).ok());
  }
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(document.Remove(kUsers, std::to_string((i * 37) % 100)).ok());
  EXPECT_EQ(document.text(), text);
}

}  // namespace
}  // namespace kubeconfig_writer
