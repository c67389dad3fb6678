#include "kubeconfig_writer/file/kubeconfig_file.h"

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Slurp;
using credential_provider::Spill;
using credential_provider::TempDir;
using testing::HasSubstr;

constexpr char kBefore[] = "kind: Config\n";

absl::Status AddCluster(KubeconfigDocument& document) {
  return document.Set(KubeconfigList::kClusters, "ours", {{"server", "https://192.0.2.1"}});
}

class KubeconfigFileTest : public testing::Test {
 protected:
  KubeconfigFileTest() { Spill(path_, kBefore); }

  TempDir dir_;
  const std::string path_ = dir_.Path("config");
};

TEST_F(KubeconfigFileTest, AnEditIsWrittenOnceAndThenFoundDone) {
  EXPECT_TRUE(*EditKubeconfig(path_, AddCluster));
  EXPECT_FALSE(*EditKubeconfig(path_, AddCluster));
  EXPECT_THAT(Slurp(path_), HasSubstr("name: ours"));
}

TEST_F(KubeconfigFileTest, AnEditThatFailsWritesNothing) {
  const auto changed = EditKubeconfig(path_, [](KubeconfigDocument& document) {
    AddCluster(document).IgnoreError();
    return absl::FailedPreconditionError("no");
  });
  EXPECT_EQ(changed.status().message(), path_ + ": no");
  EXPECT_EQ(Slurp(path_), kBefore);
}

// What another program writes meanwhile is read again, never overwritten.
TEST_F(KubeconfigFileTest, AFileThatChangesDuringTheEditIsReadAgain) {
  int calls = 0;
  ASSERT_TRUE(EditKubeconfig(path_, [&](KubeconfigDocument& document) {
                if (++calls == 1) Spill(path_, "kind: Config\ncurrent-context: theirs\n");
                return AddCluster(document);
              }).ok());
  EXPECT_THAT(Slurp(path_), testing::AllOf(HasSubstr("current-context: theirs"), HasSubstr("name: ours")));
}

// A kubectl that read before our lock deletes what it did not know. The other program
// has little time to do so, hence several tries; without the second look none would succeed.
TEST_F(KubeconfigFileTest, AnEntryThatIsDeletedRightAfterwardsIsPutBack) {
  bool deleted_and_put_back = false;
  for (int i = 0; i < 10 && !deleted_and_put_back; ++i) {
    Spill(path_, kBefore);
    std::atomic<bool> deleted = false, done = false;
    std::thread other([&] {
      while (!done && Slurp(path_).find("ours") == std::string::npos) {
      }
      if (done) return;
      Spill(path_, kBefore);
      deleted = true;
    });
    ASSERT_TRUE(EditKubeconfig(path_, AddCluster).ok());
    done = true;
    other.join();
    deleted_and_put_back = deleted && Slurp(path_).find("ours") != std::string::npos;
  }
  EXPECT_TRUE(deleted_and_put_back);
}

TEST_F(KubeconfigFileTest, KubectlsLockIsTakenAndGoneAfterwards) {
  Spill(path_ + ".lock", "");
  std::thread other([&] {
    absl::SleepFor(absl::Milliseconds(200));
    EXPECT_EQ(Slurp(path_), kBefore);
    std::filesystem::remove(path_ + ".lock");
  });
  EXPECT_TRUE(*EditKubeconfig(path_, AddCluster));
  other.join();
  EXPECT_THAT(Slurp(path_), HasSubstr("name: ours"));
  EXPECT_FALSE(std::filesystem::exists(path_ + ".lock"));
}

TEST_F(KubeconfigFileTest, AReadOnlyFileIsNotReplaced) {
  chmod(path_.c_str(), 0400);
  EXPECT_EQ(EditKubeconfig(path_, AddCluster).status().message(), path_ + ": read-only");
  EXPECT_EQ(Slurp(path_), kBefore);
}

TEST_F(KubeconfigFileTest, WhatChangesNothingTakesNoLockAndMakesNoFolder) {
  Spill(path_ + ".lock", "");
  EXPECT_FALSE(*EditKubeconfig(path_, [](KubeconfigDocument&) { return absl::OkStatus(); }));
  EXPECT_FALSE(*EditKubeconfig(dir_.Path("no/config"), [](KubeconfigDocument&) { return absl::OkStatus(); }));
  EXPECT_FALSE(std::filesystem::exists(dir_.Path("no")));
}

TEST_F(KubeconfigFileTest, ALinkInAFolderThatOthersCanWriteIsRefused) {
  std::filesystem::create_directory(dir_.Path("shared"));
  chmod(dir_.Path("shared").c_str(), 0777);
  std::filesystem::create_symlink(path_, dir_.Path("shared/config"));
  EXPECT_EQ(EditKubeconfig(dir_.Path("shared/config"), AddCluster).status().message(),
            dir_.Path("shared/config") + ": a link in a folder that others can write");
  EXPECT_EQ(Slurp(path_), kBefore);
}

TEST_F(KubeconfigFileTest, ALinkToAFileThatDoesNotExistMakesThatFile) {
  std::filesystem::create_symlink("target", dir_.Path("link"));
  ASSERT_TRUE(EditKubeconfig(dir_.Path("link"), AddCluster).ok());
  EXPECT_THAT(Slurp(dir_.Path("target")), HasSubstr("ours"));
}

TEST_F(KubeconfigFileTest, MissingFoldersAreMadePrivate) {
  ASSERT_TRUE(EditKubeconfig(dir_.Path(".kube/config"), AddCluster).ok());
  struct stat info = {};
  stat(dir_.Path(".kube").c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(KubeconfigFileTest, AFolderInPlaceOfTheFileIsAnError) {
  std::filesystem::create_directory(dir_.Path("folder"));
  EXPECT_EQ(EditKubeconfig(dir_.Path("folder"), AddCluster).status().message(),
            dir_.Path("folder") + ": Is a directory");
}

}  // namespace
}  // namespace kubeconfig_writer
