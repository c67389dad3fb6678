#include "kubeconfig_writer/file/kubeconfig_path.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::Spill;
using credential_provider::TempDir;
using testing::ElementsAre;

std::vector<std::string> Paths(absl::string_view flag, std::vector<const char*> entries) {
  entries.push_back(nullptr);
  return KubeconfigPaths(flag, Environment(entries.data())).value_or(std::vector<std::string>());
}

TEST(KubeconfigPathTest, TheFlagNamesOneFile) {
  EXPECT_THAT(Paths("a:b", {"KUBECONFIG=/c", "HOME=/h"}), ElementsAre("a:b"));
}

TEST(KubeconfigPathTest, EmptyAndRepeatedElementsAreSkipped) {
  EXPECT_THAT(Paths("", {"KUBECONFIG=:/b::./a:/b:", "HOME=/h"}), ElementsAre("/b", "./a"));
}

// kubectl would make a folder of that name, wherever it is started.
TEST(KubeconfigPathTest, ATildeThatNoShellHasExpandedIsRefused) {
  for (const char* const list : {"KUBECONFIG=~/x", "KUBECONFIG=/a:~/x", "KUBECONFIG=~"}) {
    const char* const environment[] = {list, nullptr};
    const absl::Status refused = KubeconfigPaths("", Environment(environment)).status();
    EXPECT_THAT(std::string(refused.message()), testing::HasSubstr("no shell has expanded the ~")) << list;
  }
  EXPECT_THAT(Paths("", {"KUBECONFIG=~user/x"}), ElementsAre("~user/x"));
}

TEST(KubeconfigPathTest, AnEmptyListIsNone) {
  EXPECT_THAT(Paths("", {"KUBECONFIG=", "HOME=/h"}), ElementsAre("/h/.kube/config"));
}

TEST(KubeconfigPathTest, WithoutHomeThereIsNoFile) {
  const char* const nothing[] = {nullptr};
  EXPECT_EQ(KubeconfigPaths("", Environment(nothing)).status().message(),
            "kubeconfig: neither KUBECONFIG nor HOME is set");
}

TEST(KubeconfigPathTest, ANewEntryGoesToTheFirstFileThatExistsElseToTheLast) {
  TempDir dir;
  const std::vector<std::string> paths = {dir.Path("a"), dir.Path("b"), dir.Path("c")};
  EXPECT_EQ(PathForNewEntry(paths), dir.Path("c"));
  Spill(dir.Path("b"), "");
  EXPECT_EQ(PathForNewEntry(paths), dir.Path("b"));
}

TEST(KubeconfigPathTest, ANewEntryPassesOverReadOnlyFilesUnlessThereAreNoOthers) {
  TempDir dir;
  const std::vector<std::string> paths = {dir.Path("a"), dir.Path("b")};
  Spill(dir.Path("a"), "");
  std::filesystem::permissions(dir.Path("a"), std::filesystem::perms(0444));
  EXPECT_EQ(PathForNewEntry(paths), dir.Path("a"));
  Spill(dir.Path("b"), "");
  EXPECT_EQ(PathForNewEntry(paths), dir.Path("b"));
}

}  // namespace
}  // namespace kubeconfig_writer
