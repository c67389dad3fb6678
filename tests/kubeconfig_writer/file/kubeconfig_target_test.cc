#include "kubeconfig_writer/file/kubeconfig_target.h"

#include <sys/stat.h>

#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::HintOf;
using credential_provider::Spill;

class KubeconfigTargetTest : public testing::Test {
 protected:
  KubeconfigTargetTest() {
    fs::create_directory(Path("kube"));
    Spill(Path("kube/config"), "kind: Config\n");
  }

  std::string Path(const std::string& name) const { return dir_.Path(name); }
  std::string ErrorOf(const std::string& path) const {
    return std::string(KubeconfigTarget::Find(path).status().message());
  }

  credential_provider::TempDir dir_;
};

TEST_F(KubeconfigTargetTest, LinksOnTheWayAreFollowedAndNamed) {
  fs::create_directory(Path("a"));
  fs::create_directory_symlink("../kube", Path("a/folder"));
  fs::create_symlink(Path("a/folder/../kube/config"), Path("link"));
  const absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(Path("link"));
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->path(), Path("link"));
  EXPECT_EQ(target->resolved(), fs::canonical(Path("kube/config")).string());
  ASSERT_EQ(target->LockedPlaces().size(), 2u);
  EXPECT_EQ(target->LockedPlaces()[0].path, Path("link"));
  EXPECT_EQ(target->LockedPlaces()[1].name, "config");
}

// A folder's link counts as a file's does: who can lead it elsewhere decides what is written.
TEST_F(KubeconfigTargetTest, AFolderBehindALinkThatOthersCanWriteIsRefused) {
  fs::create_directory(Path("shared"));
  fs::create_directory_symlink(Path("kube"), Path("shared/kube"));
  fs::permissions(Path("shared"), fs::perms(0777));
  EXPECT_EQ(ErrorOf(Path("shared/kube/config")),
            fs::canonical(dir_.path()).string() + "/shared/kube: a link in a folder that others can write");
}

TEST_F(KubeconfigTargetTest, ALinkThatCameLaterIsNotFollowed) {
  const absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(Path("kube/config"));
  ASSERT_TRUE(target.ok());
  Spill(Path("private"), "secret");
  fs::remove(Path("kube/config"));
  fs::create_symlink(Path("private"), Path("kube/config"));
  EXPECT_EQ(target->Open().status().message(),
            Path("kube/config") + ": somebody has put a link in its place");
}

TEST_F(KubeconfigTargetTest, AFolderThatIsSwappedLaterIsNotGoneInto) {
  const absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(Path("kube/config"));
  ASSERT_TRUE(target.ok());
  fs::rename(Path("kube"), Path("old"));
  fs::create_directory(Path("kube"));
  Spill(Path("kube/config"), "another");
  const auto file = target->Open();
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(*credential_provider::ReadAll(file->get(), 100, ""), "kind: Config\n");
}

TEST_F(KubeconfigTargetTest, MissingFoldersAreMadeOnlyWhenAsked) {
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(Path("a/b/config"));
  ASSERT_TRUE(target.ok());
  EXPECT_TRUE(absl::IsNotFound(target->Open().status()));
  EXPECT_FALSE(fs::exists(Path("a")));
  ASSERT_TRUE(target->MakeFolder().ok());
  EXPECT_TRUE(fs::is_directory(Path("a/b")));
  EXPECT_EQ(target->resolved(), fs::canonical(Path("a/b")).string() + "/config");
}

TEST_F(KubeconfigTargetTest, WhereALinkLeadsNoFolderIsMade) {
  fs::create_directory_symlink("not/there", Path("gone"));
  absl::StatusOr<KubeconfigTarget> target = KubeconfigTarget::Find(Path("gone/config"));
  ASSERT_TRUE(target.ok());
  EXPECT_THAT(std::string(target->MakeFolder().message()), testing::HasSubstr("and there is no folder "));
  EXPECT_FALSE(fs::exists(Path("not")));
}

TEST_F(KubeconfigTargetTest, WhatCanBeNoFileIsAnErrorWithAHint) {
  fs::create_symlink("circle", Path("circle"));
  EXPECT_EQ(ErrorOf(Path("kube/config/")), Path("kube/config/") + ": Not a directory");
  EXPECT_EQ(ErrorOf(Path("kube/config/config")), Path("kube/config/config") + ": Not a directory");
  EXPECT_EQ(ErrorOf(Path("kube/")), Path("kube/") + ": Is a directory");
  EXPECT_EQ(HintOf(KubeconfigTarget::Find(Path("circle")).status()),
            "name another file with --kubeconfig or KUBECONFIG");
}

}  // namespace
}  // namespace kubeconfig_writer
