#include "credential_provider/sources/aliyun/config_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

constexpr char kBefore[] =
    "{\n\t\"current\": \"b\",\n\t\"profiles\": [\n\t\t{\n\t\t\t\"name\": \"a\",\n\t\t\t\"z\": 1\n\t\t},\n"
    "\t\t{\n\t\t\t\"name\": \"b\",\n\t\t\t\"token\": \"old\",\n\t\t\t\"big\": 12345678901234567,\n"
    "\t\t\t\"unknown\": [\n\t\t\t\t2.5,\n\t\t\t\tnull\n\t\t\t]\n\t\t}\n\t],\n\t\"meta_path\": \"\"\n}\n";

class ConfigFileTest : public testing::Test {
 protected:
  ConfigFileTest() { Spill(path_, kBefore); }

  TempDir dir_;
  const std::string path_ = dir_.Path("config.json");
  FakeClock clock_;
};

TEST_F(ConfigFileTest, AnUpdateChangesTheFieldsGivenAndNothingElse) {
  ASSERT_TRUE(UpdateAliyunProfile(path_, "b", {{"token", "new"}}).ok());
  std::string expected = kBefore;
  expected.replace(expected.find("old"), 3, "new");
  EXPECT_EQ(Slurp(path_), expected);
}

TEST_F(ConfigFileTest, AnUpdateKeepsTheModeAndTheSymlink) {
  chmod(path_.c_str(), 0640);
  const std::string link = dir_.Path("link.json");
  std::filesystem::create_symlink(path_, link);
  ASSERT_TRUE(UpdateAliyunProfile(link, "b", {{"token", "new"}}).ok());
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0640u);
  EXPECT_THAT(Slurp(path_), testing::HasSubstr("\"new\""));
}

TEST_F(ConfigFileTest, AnUpdateCanMakeTheFilePrivate) {
  chmod(path_.c_str(), 0644);
  ASSERT_TRUE(UpdateAliyunProfile(path_, "b", {{"token", "new"}}, ConfigMode::kPrivate).ok());
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
}

TEST_F(ConfigFileTest, AProfileThatIsGoneLeavesTheFileAsItIs) {
  EXPECT_EQ(UpdateAliyunProfile(path_, "c", {{"token", "new"}}).message(), path_ + ": the profile is gone");
  EXPECT_EQ(Slurp(path_), kBefore);
}

TEST_F(ConfigFileTest, TheLockIsWaitedForAndThenGivenUp) {
  const auto held = LockAliyunConfig(path_, clock_, absl::Seconds(1));
  ASSERT_TRUE(held.ok());
  const absl::Time start = clock_.now;
  EXPECT_EQ(LockAliyunConfig(path_, clock_, absl::Seconds(1)).status().message(),
            path_ + ": locked by another program");
  EXPECT_GE(clock_.now - start, absl::Seconds(1));
}

// On NFS only such a descriptor can hold it.
TEST_F(ConfigFileTest, TheLockIsHeldByADescriptorForWriting) {
  const auto held = LockAliyunConfig(path_, clock_, absl::Seconds(1));
  ASSERT_TRUE(held.ok());
  EXPECT_EQ(fcntl(held->get(), F_GETFL) & O_ACCMODE, O_RDWR);
}

TEST_F(ConfigFileTest, AFileThatMayOnlyBeReadIsLockedToo) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everything";
  chmod(path_.c_str(), 0400);
  EXPECT_TRUE(LockAliyunConfig(path_, clock_, absl::Seconds(1)).ok());
}

TEST_F(ConfigFileTest, TheLockIsFreeWhenItsHolderIsGone) {
  LockAliyunConfig(path_, clock_, absl::Seconds(1)).IgnoreError();
  EXPECT_TRUE(LockAliyunConfig(path_, clock_, absl::Seconds(1)).ok());
}

}  // namespace
}  // namespace credential_provider
