// kubeconfigs as vendors, tools and people write them: each folder in testdata/kubeconfig/corpus holds one,
// in the file `kubeconfig`. On every one of them install adds its entries and changes nothing else, and what
// it did can be taken back. A new folder needs no code. Every secret in the corpus has "fake" in it.
#include <chrono>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kName[] = "ack-c00000000000000000000000000000001";
constexpr char kFakeInBase64[] = "ZmFrZSBr";  // "fake k": keys, not authorities and certificates

class CorpusTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { Spill(file_, before_); }

  // Runs a command on the file, which nobody has written lately: with others about it would watch longer.
  ProcessResult Run(const std::vector<std::string>& command, const std::vector<std::string>& flags = {}) {
    std::error_code not_there;
    std::filesystem::last_write_time(
        file_, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1), not_there);
    std::vector<std::string> args = {"kubeconfig_writer"};
    args.insert(args.end(), command.begin(), command.end());
    args.insert(args.end(), {"--kubeconfig", file_});
    args.insert(args.end(), flags.begin(), flags.end());
    return world_.Run(args);
  }

  ProcessResult Install(const std::vector<std::string>& flags = {}) {
    return Run({"install", "ack", "--cluster-id", kCluster, "--cs-endpoint", world_.sandbox.Value("cloud")},
               flags);
  }
  ProcessResult Uninstall() { return Run({"uninstall", kName}); }

  // What kubectl sees in the file, without our entries and the current context.
  nlohmann::json View(const std::string& kubectl) {
    const ProcessResult result =
        world_.Run({kubectl, "config", "view", "--raw", "-o", "json", "--kubeconfig", file_});
    EXPECT_EQ(result.status, 0) << result.err;
    nlohmann::json view = nlohmann::json::parse(result.out, nullptr, false);
    for (const char* list : {"clusters", "users", "contexts"}) {
      nlohmann::json others = nlohmann::json::array();
      for (const nlohmann::json& entry : view[list].is_null() ? nlohmann::json::array() : view[list]) {
        if (entry.at("name") != kName) others.push_back(entry);
      }
      view[list] = others;
    }
    view.erase("current-context");
    return view;
  }

  std::vector<nlohmann::json> Views() {
    std::vector<nlohmann::json> views;
    for (const std::string& kubectl : OldestAndNewestKubectl()) views.push_back(View(kubectl));
    return views;
  }

  bool HasNoCurrentContext() {
    const std::vector<std::string> found = OldestAndNewestKubectl();
    if (found.empty()) return true;
    return world_.Run({found.back(), "config", "current-context", "--kubeconfig", file_}).status != 0;
  }

  StoreWorld world_{SharedSandbox()};
  const std::string file_ = world_.home.Path("config");
  const std::string before_ = Slurp(GetParam() + "/kubeconfig");
};

// True when `text` is `part` with bytes added.
bool IsWithBytesAdded(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (const char byte : text) {
    if (found < part.size() && part[found] == byte) ++found;
  }
  return found == part.size();
}

// In brackets a value may stand for one that was there: null for a list, another current-context.
bool IsInBrackets(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \n");
  return begin != std::string::npos && (text[begin] == '{' || text.find("\n{") != std::string::npos);
}

TEST_P(CorpusTest, InstallOnlyAddsBytes) {
  const ProcessResult result = Install();
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(Slurp(file_), HasSubstr(kName));
  EXPECT_TRUE(IsInBrackets(before_) || IsWithBytesAdded(Slurp(file_), before_)) << Slurp(file_);
}

TEST_P(CorpusTest, KubectlSeesTheSameInEveryOtherEntry) {
  if (OldestAndNewestKubectl().empty()) GTEST_SKIP() << "there is no kubectl on the PATH";
  const std::vector<nlohmann::json> before = Views();
  for (const std::vector<std::string>& flags : {std::vector<std::string>{}, {"--use"}}) {
    ASSERT_EQ(Install(flags).status, 0);
    EXPECT_EQ(Views(), before);
  }
  EXPECT_EQ(
      world_.Run({OldestAndNewestKubectl().back(), "config", "current-context", "--kubeconfig", file_}).out,
      std::string(kName) + "\n");
  ASSERT_EQ(Uninstall().status, 0);
  EXPECT_EQ(Views(), before);
}

TEST_P(CorpusTest, UninstallGivesBackTheOriginalBytes) {
  ASSERT_EQ(Install().status, 0);
  const ProcessResult result = Uninstall();
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(Slurp(file_), before_);
}

TEST_P(CorpusTest, UninstallGivesBackTheOriginalBytesAfterUseToo) {
  if (IsInBrackets(before_) && !HasNoCurrentContext())
    GTEST_SKIP() << "in brackets there is no place for the context before";
  ASSERT_EQ(Install({"--use"}).status, 0);
  ASSERT_EQ(Uninstall().status, 0);
  EXPECT_EQ(Slurp(file_), before_);
}

TEST_P(CorpusTest, TwiceIsTheSameAsOnce) {
  ASSERT_EQ(Install({"--use"}).status, 0);
  const std::string once = Slurp(file_);
  EXPECT_THAT(Install({"--use"}).out, HasSubstr("nothing to do"));
  EXPECT_EQ(Slurp(file_), once);
}

TEST_P(CorpusTest, UndoGivesBackTheOriginalBytes) {
  ASSERT_EQ(Install({"--use"}).status, 0);
  const ProcessResult result = Run({"undo"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("reverted the last change of " + file_ + "\nremove: "));
  EXPECT_THAT(result.out, HasSubstr("context " + std::string(kName)));
  EXPECT_EQ(Slurp(file_), before_);
}

TEST_P(CorpusTest, ADryRunShowsNoSecretAndWritesNothing) {
  const ProcessResult result = Install({"--use", "--dry-run"});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("--- " + file_ + "\n+++ " + file_ + "\n@@ "));
  EXPECT_THAT(result.out, HasSubstr(kName));
  for (const char* secret : {"fake-token", "fake-secret", "fake-password", kFakeInBase64})
    EXPECT_THAT(result.out, Not(HasSubstr(secret)));
  EXPECT_EQ(Slurp(file_), before_);
}

INSTANTIATE_TEST_SUITE_P(Corpus, CorpusTest, testing::ValuesIn(FilesIn("testdata/kubeconfig/corpus")),
                         [](const auto& test) { return TestName(test.param); });

}  // namespace
}  // namespace credential_provider
