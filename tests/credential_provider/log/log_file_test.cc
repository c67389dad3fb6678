#include "credential_provider/log/log_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "credential_provider/base/file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

class LogFileTest : public testing::Test {
 protected:
  std::string Fault(const std::string& path) { return std::string(OpenLogFile(path).status().message()); }

  TempDir home_;
  const std::string path_ = home_.Path("log");
};

TEST_F(LogFileTest, IsMadePrivateAndAppendedTo) {
  umask(0);
  for (int i = 0; i < 2; ++i) {
    const absl::StatusOr<FileDescriptor> file = OpenLogFile(path_);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE(WriteAll(file->get(), "line\n", "log").ok());
  }
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
  EXPECT_EQ(*ReadFile(path_, 100), "line\nline\n");
}

TEST_F(LogFileTest, ALinkIsNotFollowed) {
  ASSERT_EQ(symlink(home_.Path("elsewhere").c_str(), path_.c_str()), 0);
  EXPECT_THAT(Fault(path_), HasSubstr("a symbolic link"));
  EXPECT_NE(access(home_.Path("elsewhere").c_str(), F_OK), 0);
}

TEST_F(LogFileTest, WhatOthersMayReadOrKnowByAnotherNameIsRefused) {
  ASSERT_TRUE(CreateFile(path_, "", 0640).ok());
  EXPECT_THAT(Fault(path_), HasSubstr("open to other users"));
  ASSERT_EQ(chmod(path_.c_str(), 0600), 0);
  ASSERT_EQ(link(path_.c_str(), home_.Path("second").c_str()), 0);
  EXPECT_THAT(Fault(path_), HasSubstr("second name"));
}

TEST_F(LogFileTest, WhatIsNoFileIsRefusedAndNobodyIsWaitedFor) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_FALSE(OpenLogFile(path_).ok());
  EXPECT_THAT(Fault("/dev/null"), HasSubstr("not a plain file"));
  EXPECT_FALSE(OpenLogFile(home_.path()).ok());
}

TEST_F(LogFileTest, AnothersIsRefused) {
  ASSERT_TRUE(CreateFile(path_, "", 0600).ok());
  if (chown(path_.c_str(), 65534, 65534) != 0) GTEST_SKIP() << "only root can give files away";
  EXPECT_THAT(Fault(path_), HasSubstr("another user"));
}

}  // namespace
}  // namespace credential_provider
