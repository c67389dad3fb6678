#include "credential_provider/store/folder_files.h"

#include <fcntl.h>
#include <sys/file.h>

#include <filesystem>

#include "credential_provider/base/file.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);
constexpr char kEntry[] = "0123456789abcdef.credential";

class FolderFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(folder_.Make().ok());
    ASSERT_TRUE(PutFile(folder_, kEntry, "x", kNow - absl::Seconds(1)).ok());
  }
  bool Exists(const std::string& name) const { return std::filesystem::exists(folder_.path() + "/" + name); }

  TempDir dir_;
  PrivateFolder folder_{dir_.Path("store")};
};

TEST_F(FolderFilesTest, WhatHasExpiredIsRemoved) {
  RemoveEnded(folder_.fd(), kNow - absl::Seconds(2));
  EXPECT_TRUE(Exists(kEntry));
  RemoveEnded(folder_.fd(), kNow);
  EXPECT_FALSE(Exists(kEntry));
}

// Between the look at the old one and its removal the run could put the new one there.
TEST_F(FolderFilesTest, WhatARunIsAboutToReplaceStays) {
  const std::string record = folder_.path() + "/0123456789abcdef.state";
  Spill(record, "");
  FileDescriptor run(open(record.c_str(), O_RDWR));
  ASSERT_EQ(flock(run.get(), LOCK_EX), 0);
  RemoveEnded(folder_.fd(), kNow);
  EXPECT_TRUE(Exists(kEntry));
  run = FileDescriptor();
  RemoveEnded(folder_.fd(), kNow);
  EXPECT_FALSE(Exists(kEntry));
}

}  // namespace
}  // namespace credential_provider
