// Edits of kubeconfigs of every style. Each folder in testdata/kubeconfig/edit holds `before` (or `missing`:
// there is no file), `after`, and `edit.json`, a list of steps:
//   {"set": LIST, "name": NAME, "content": OBJECT}   {"remove": LIST, "name": NAME}   {"use": NAME}
//   {"unuse": true}
// A new folder needs no code.
#include <algorithm>
#include <filesystem>
#include <set>

#include "gtest/gtest.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "nlohmann/json.hpp"
#include "tests/testing/process.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::FilesIn;
using credential_provider::ProcessResult;
using credential_provider::Slurp;
using credential_provider::Spill;
using credential_provider::TempDir;
using nlohmann::json;
using nlohmann::ordered_json;

KubeconfigList ListOf(const std::string& key) {
  for (const KubeconfigList list : kKubeconfigLists) {
    if (ListKey(list) == key) return list;
  }
  ADD_FAILURE() << "no list " << key;
  return KubeconfigList::kClusters;
}

absl::Status Apply(const ordered_json& step, KubeconfigDocument& document) {
  if (step.contains("set"))
    return document.Set(ListOf(step["set"]), step["name"].get<std::string>(), step["content"]);
  if (step.contains("remove"))
    return document.Remove(ListOf(step["remove"]), step["name"].get<std::string>());
  if (step.contains("use")) return document.SetCurrentContext(step["use"].get<std::string>());
  if (step.contains("unuse")) return document.RemoveCurrentContext();
  return absl::InvalidArgumentError("an unknown step: " + step.dump());
}

absl::Status Undo(const ordered_json& step, KubeconfigDocument& document) {
  if (step.contains("set")) return document.Remove(ListOf(step["set"]), step["name"].get<std::string>());
  return document.RemoveCurrentContext();
}

class EditCaseTest : public testing::TestWithParam<std::string> {
 protected:
  EditCaseTest()
      : missing_(fs::exists(File("missing"))),
        before_(Slurp(File("before"))),
        after_(Slurp(File("after"))),
        steps_(ordered_json::parse(Slurp(File("edit.json")))) {}

  std::string File(const std::string& name) const { return GetParam() + "/" + name; }

  KubeconfigDocument Before() const {
    if (missing_) return KubeconfigDocument::ForMissingFile();
    absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(before_);
    EXPECT_TRUE(document.ok()) << document.status();
    return document.ok() ? *std::move(document) : KubeconfigDocument::ForMissingFile();
  }

  KubeconfigDocument After() const {
    KubeconfigDocument document = Before();
    for (const ordered_json& step : steps_) EXPECT_TRUE(Apply(step, document).ok()) << step;
    return document;
  }

  // True when the steps only add: no entry of that name, and no current context, was there.
  bool OnlyAdds() const {
    const KubeconfigDocument before = Before();
    return std::all_of(steps_.begin(), steps_.end(), [&before](const ordered_json& step) {
      if (step.contains("set")) return !before.Has(ListOf(step["set"]), step["name"].get<std::string>());
      return step.contains("use");
    });
  }

  // The names that the steps are about.
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const ordered_json& step : steps_) {
      if (step.contains("name")) names.insert(step["name"].get<std::string>());
    }
    return names;
  }

  const bool missing_;
  const std::string before_;
  const std::string after_;
  const ordered_json steps_;
};

TEST_P(EditCaseTest, GivesExactlyTheseBytes) { EXPECT_EQ(After().text(), after_); }

TEST_P(EditCaseTest, TwiceIsTheSameAsOnce) {
  KubeconfigDocument document = After();
  for (const ordered_json& step : steps_) EXPECT_TRUE(Apply(step, document).ok()) << step;
  EXPECT_EQ(document.text(), after_);
}

TEST_P(EditCaseTest, WhatWasAddedCanBeReadBack) {
  const KubeconfigDocument document = *KubeconfigDocument::Parse(after_);
  for (const ordered_json& step : steps_) {
    if (!step.contains("set")) continue;
    const auto found = document.Find(ListOf(step["set"]), step["name"].get<std::string>());
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, json(step["content"]));
  }
}

TEST_P(EditCaseTest, RemovingWhatWasAddedGivesBackTheOriginalBytes) {
  if (!OnlyAdds()) GTEST_SKIP() << "this edit replaces or removes something";
  KubeconfigDocument document = *KubeconfigDocument::Parse(after_);
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step)
    EXPECT_TRUE(Undo(*step, document).ok()) << *step;
  EXPECT_EQ(document.text(), before_);
  EXPECT_EQ(document.file_missing(), missing_);
}

TEST_P(EditCaseTest, RemovingInTheOrderOfAddingGivesBackTheOriginalBytesToo) {
  if (!OnlyAdds()) GTEST_SKIP() << "this edit replaces or removes something";
  KubeconfigDocument document = *KubeconfigDocument::Parse(after_);
  for (const ordered_json& step : steps_) EXPECT_TRUE(Undo(step, document).ok()) << step;
  EXPECT_EQ(document.text(), before_);
}

// Three new entries in each list, and a current context.
std::vector<KubeconfigEdit> ManyEdits() {
  std::vector<KubeconfigEdit> edits;
  for (const char* name : {"new-1", "new-2", "new-3"}) {
    edits.push_back(KubeconfigEdit::Set(KubeconfigList::kClusters, name, {{"server", "https://192.0.2.1"}}));
    edits.push_back(
        KubeconfigEdit::Set(KubeconfigList::kContexts, name, {{"cluster", name}, {"user", name}}));
    edits.push_back(KubeconfigEdit::Set(KubeconfigList::kUsers, name, {{"token", "fake"}}));
  }
  edits.push_back(KubeconfigEdit::Use("new-2"));
  return edits;
}

TEST_P(EditCaseTest, ManyEditsAtOnceAreTheSameAsOneByOne) {
  KubeconfigDocument at_once = Before(), one_by_one = Before();
  const absl::Status applied = at_once.Apply(ManyEdits());
  ASSERT_TRUE(applied.ok()) << applied.message();
  for (const KubeconfigEdit& edit : ManyEdits()) ASSERT_TRUE(one_by_one.Apply({edit}).ok());
  EXPECT_EQ(at_once.text(), one_by_one.text());
}

TEST_P(EditCaseTest, RemovingManyAtOnceGivesBackTheOriginalBytes) {
  if (!Before().current_context().empty()) GTEST_SKIP() << "flow style forgets the context before";
  KubeconfigDocument document = Before();
  ASSERT_TRUE(document.Apply(ManyEdits()).ok());
  std::vector<KubeconfigEdit> edits = {KubeconfigEdit::Unuse()};
  for (const KubeconfigEdit& edit : ManyEdits()) {
    if (edit.kind == KubeconfigEdit::Kind::kSet)
      edits.push_back(KubeconfigEdit::Remove(edit.list, edit.name));
  }
  const absl::Status removed = document.Apply(edits);
  ASSERT_TRUE(removed.ok()) << removed;
  EXPECT_EQ(document.text(), before_);
  EXPECT_EQ(document.file_missing(), missing_);
}

// The entries that kubectl sees in `text`, without those called as in `names`.
json KubectlView(const std::string& text, const std::set<std::string>& names) {
  TempDir dir;
  Spill(dir.Path("config"), text);
  const ProcessResult result = credential_provider::RunProcess(
      {"kubectl", "--kubeconfig", dir.Path("config"), "config", "view", "--raw", "-o", "json"}, {});
  EXPECT_EQ(result.status, 0) << result.err;
  json view = json::parse(result.out, nullptr, false);
  for (const KubeconfigList list : kKubeconfigLists) {
    json others = json::array();
    for (const json& entry : view[std::string(ListKey(list))]) {
      if (names.count(entry.at("name")) == 0) others.push_back(entry);
    }
    view[std::string(ListKey(list))] = others;
  }
  view.erase("current-context");
  return view;
}

bool HasKubectl() {
  static const bool found =
      credential_provider::RunProcess({"kubectl", "version", "--client"}, {}).status == 0;
  return found;
}

TEST_P(EditCaseTest, KubectlSeesTheSameInEveryOtherEntry) {
  if (!HasKubectl()) {
    GTEST_SKIP() << "there is no kubectl on the PATH";
  }
  EXPECT_EQ(KubectlView(after_, Names()), KubectlView(before_, Names()));
}

INSTANTIATE_TEST_SUITE_P(Cases, EditCaseTest, testing::ValuesIn(FilesIn("testdata/kubeconfig/edit")),
                         [](const auto& test) { return credential_provider::TestName(test.param); });

}  // namespace
}  // namespace kubeconfig_writer
