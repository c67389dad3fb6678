#include "kubeconfig_writer/kubeconfig_lock.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::Spill;
using testing::HasSubstr;

class KubeconfigLockTest : public testing::Test {
 protected:
  credential_provider::TempDir dir_;
  const std::string path_ = dir_.Path("config");
  const std::string name_ = path_ + ".lock";
};

// As kubectl makes it.
TEST_F(KubeconfigLockTest, TheLockIsAnEmptyFileNobodyMayRead) {
  KubeconfigLock lock;
  ASSERT_TRUE(lock.Acquire({path_}, absl::ZeroDuration()).ok());
  struct stat info = {};
  ASSERT_EQ(stat(name_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0u);
  EXPECT_EQ(info.st_size, 0);
  lock.Release();
  EXPECT_FALSE(fs::exists(name_));
}

TEST_F(KubeconfigLockTest, ALockThatStaysIsNamedWithItsAgeAndTheCommandThatRemovesIt) {
  Spill(name_, "");
  KubeconfigLock lock;
  const absl::Time start = absl::Now();
  const absl::Status status = lock.Acquire({path_}, absl::Milliseconds(60));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(60));
  EXPECT_EQ(status.message(), name_ + ": locked by another program for 0");
  EXPECT_THAT(credential_provider::HintOf(status), HasSubstr("rm -f "));
  EXPECT_THAT(credential_provider::HintOf(status), HasSubstr(name_));
  EXPECT_TRUE(fs::exists(name_));
}

TEST_F(KubeconfigLockTest, OfTwoLocksBothOrNoneAreTaken) {
  Spill(dir_.Path("b.lock"), "");
  KubeconfigLock lock;
  EXPECT_FALSE(lock.Acquire({dir_.Path("a"), dir_.Path("b")}, absl::ZeroDuration()).ok());
  EXPECT_FALSE(fs::exists(dir_.Path("a.lock")));
}

// Removed also on signals.
TEST_F(KubeconfigLockTest, ASignalWaitsUntilTheLockIsRemoved) {
  const pid_t child = fork();
  if (child == 0) {
    KubeconfigLock lock;
    const bool held = lock.Acquire({path_}, absl::ZeroDuration()).ok();
    raise(SIGTERM);
    lock.Release();
    _exit(held ? 1 : 2);  // the signal has come before this
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  EXPECT_FALSE(fs::exists(name_));
}

}  // namespace
}  // namespace kubeconfig_writer
