#include "kubeconfig_writer/document/intended_change.h"

#include <ostream>

#include "credential_provider/yaml/yaml_tree.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::YamlTree;
using nlohmann::json;

constexpr char kBefore[] = R"(# mine
apiVersion: v1
kind: Config
x: {a: 1}
clusters:
- name: c
  cluster: {server: "https://192.0.2.1"}
users:
- name: ours
  note: kept
  user: {token: fake-old}
- name: u
  user: &u {token: fake}
- name: v
  user: *u
contexts: []
current-context: c
)";

absl::Status Check(const std::string& before, const std::string& after, const KubeconfigChange& change) {
  const absl::StatusOr<YamlTree> old = YamlTree::Parse(before);
  const absl::StatusOr<YamlTree> now = YamlTree::Parse(after);
  if (!old.ok() || !now.ok()) return absl::InvalidArgumentError("a test's text is not YAML");
  return CheckChange(KubeconfigEntries(old->root()), KubeconfigEntries(now->root()), change);
}

// What was meant in all of these.
KubeconfigChange Meant() {
  KubeconfigChange change;
  change.entries[{KubeconfigList::kUsers, "ours"}] = json{{"token", "fake-new"}};
  return change;
}

struct Replacement {
  const char* name;
  const char* old;
  const char* now;
};

void PrintTo(const Replacement& replacement, std::ostream* out) { *out << replacement.name; }

std::string After(const Replacement& replacement) {
  std::string text = kBefore;
  text.replace(text.find("fake-old"), 8, "fake-new");
  const std::string old = replacement.old;
  return text.replace(text.find(old), old.size(), replacement.now);
}

// What an edit that goes wrong could do beside.
const Replacement kDamages[] = {
    {"AnotherKeyOfTheFile", "{a: 1}", "{a: 2}"},
    {"AnotherKeyGone", "x: {a: 1}\n", ""},
    {"AnotherKeyAdded", "contexts: []", "contexts: []\ny: 1"},
    {"ATypeOfAnotherKey", "{a: 1}", "{a: '1'}"},
    {"AnotherEntry", "192.0.2.1", "192.0.2.2"},
    {"AnotherEntryGone", "- name: v\n  user: *u\n", ""},
    {"AnotherEntryAdded", "contexts: []", "contexts: [{name: x}]"},
    {"TheOrderOfEntries", "- name: u\n  user: &u {token: fake}\n- name: v\n  user: *u\n",
     "- name: v\n  user: &u {token: fake}\n- name: u\n  user: *u\n"},
    {"AnAliasWrittenOut", "*u", "{token: fake}"},
    {"AnAnchorRenamed", "&u {token: fake}\n- name: v\n  user: *u", "&w {token: fake}\n- name: v\n  user: *w"},
    {"AFieldBesideTheContent", "note: kept", "note: lost"},
    {"AFieldBesideTheContentGone", "  note: kept\n", ""},
    {"ANullBesideWhatWasMeant", "{token: fake-new}", "{token: null}"},
    {"TheWrongValue", "fake-new", "fake-newer"},
    {"AFieldTooMany", "{token: fake-new}", "{token: fake-new, as: bob}"},
    {"AFieldTooFew", "{token: fake-new}", "{}"},
    {"TheEntryItself", "- name: ours\n  note: kept\n  user: {token: fake-new}\n", ""},
    {"TheCurrentContext", "current-context: c", "current-context: d"},
    {"NoCurrentContext", "current-context: c\n", ""},
};

class DamageTest : public testing::TestWithParam<Replacement> {};

TEST_P(DamageTest, IsNoticed) {
  ASSERT_TRUE(Check(kBefore, After({"", "fake-new", "fake-new"}), Meant()).ok());
  const absl::Status status = Check(kBefore, After(GetParam()), Meant());
  EXPECT_TRUE(absl::IsInternal(status)) << status;
}

INSTANTIATE_TEST_SUITE_P(Damages, DamageTest, testing::ValuesIn(kDamages),
                         [](const auto& test) { return test.param.name; });

TEST(CheckChangeTest, AnEntryThatStaysWhereItShouldGoIsNoticed) {
  KubeconfigChange change;
  change.entries[{KubeconfigList::kUsers, "ours"}] = absl::nullopt;
  EXPECT_TRUE(absl::IsInternal(Check(kBefore, kBefore, change)));
}

TEST(CheckChangeTest, TheContextThatWasMeantIsTheCurrentOne) {
  KubeconfigChange change;
  change.current_context = KubeconfigChange::CurrentContext{"d"};
  EXPECT_TRUE(absl::IsInternal(Check(kBefore, kBefore, change)));
  change.current_context->name = "c";
  EXPECT_TRUE(Check(kBefore, kBefore, change).ok());
  change.current_context->name = absl::nullopt;  // whatever was put aside
  EXPECT_TRUE(Check(kBefore, kBefore, change).ok());
}

TEST(MeansTest, BesideWhatIsWantedThereMayBeNothingsOnly) {
  const json wanted = {{"exec", {{"command", "aws"}}}};
  const auto means = [&](const char* text) { return Means(json::parse(text), wanted); };
  EXPECT_TRUE(means(R"({"exec": {"command": "aws"}})"));
  EXPECT_TRUE(means(R"({"exec": {"command": "aws", "args": null}, "token": null})"));
  EXPECT_TRUE(means(R"({"exec": {"command": "aws", "args": []}})"));
  EXPECT_FALSE(means(R"({"exec": {"command": "aws", "args": [""]}})"));
  EXPECT_FALSE(means(R"({"exec": {"command": "aws"}, "token": ""})"));
  EXPECT_FALSE(means(R"({"exec": {"command": null}})"));
  EXPECT_FALSE(means(R"({"exec": null})"));
}

}  // namespace
}  // namespace kubeconfig_writer
