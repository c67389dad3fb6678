#include "credential_provider/store/private_folder.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr uid_t kOther = 61234;

// As root, with a home that belongs to another user: what `sudo -E` gives.
class ForeignHomeTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(home_);
    if (geteuid() != 0 || chown(home_.c_str(), kOther, kOther) != 0)
      GTEST_SKIP() << "only root can give a folder away";
  }

  TempDir dir_;
  const std::string home_ = dir_.Path("home");
};

TEST_F(ForeignHomeTest, NothingIsMadeThere) {
  const absl::Status refused = PrivateFolder(home_ + "/.cache/x").Make();
  EXPECT_EQ(refused.message(),
            home_ + "/.cache/x: not made, because " + home_ + " belongs to user " + std::to_string(kOther));
  EXPECT_THAT(HintOf(refused), HasSubstr("run this as that user"));
  EXPECT_THAT(HintOf(refused), testing::Not(HasSubstr("chown")));
  EXPECT_TRUE(fs::is_empty(home_));
}

TEST_F(ForeignHomeTest, NorBelowWhatRootHasMadeThereBefore) {
  fs::create_directory(home_ + "/.cache");
  EXPECT_TRUE(absl::IsPermissionDenied(PrivateFolder(home_ + "/.cache/x").Make()));
  EXPECT_TRUE(fs::is_empty(home_ + "/.cache"));
}

TEST_F(ForeignHomeTest, ASharedFolderIsNobodys) {
  ASSERT_EQ(chmod(home_.c_str(), 01777), 0);
  EXPECT_TRUE(PrivateFolder(home_ + "/x").Make().ok());
}

TEST_F(ForeignHomeTest, AFolderOfAnotherUsersIsNotUsedAndItIsSaidWhatHelps) {
  ASSERT_EQ(chmod(home_.c_str(), 0700), 0);
  const absl::Status refused = PrivateFolder(home_).Make();
  EXPECT_EQ(refused.message(), home_ + ": not private: it must belong to this user with mode 0700");
  EXPECT_EQ(HintOf(refused),
            "it belongs to user 61234: run this as that user, or choose another folder with --cache-dir");
}

TEST(PrivateFolderTest, WhatIsForMemoryIsMadeThereAlone) {
  TempDir dir;
  PrivateFolder folder(dir.path());
  ASSERT_TRUE(folder.Open().ok());
  if (!IsInMemory(folder.fd())) {
    EXPECT_EQ(PrivateFolder(dir.Path("x"), PrivateFolder::Medium::kMemory).Make().message(),
              dir.path() + ": on a disk, not in memory");
    EXPECT_FALSE(fs::exists(dir.Path("x")));
  }
  const std::string in_memory = "/dev/shm/private_folder_test." + std::to_string(getpid());
  PrivateFolder memory(in_memory, PrivateFolder::Medium::kMemory);
  ASSERT_TRUE(memory.Make().ok());
  EXPECT_TRUE(IsInMemory(memory.fd()));
  fs::remove(in_memory);
}

}  // namespace
}  // namespace credential_provider
