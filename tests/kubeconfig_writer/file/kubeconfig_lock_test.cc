#include "kubeconfig_writer/file/kubeconfig_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/this_machine.h"
#include "credential_provider/text/shell_words.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/file/lock_owner.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

namespace fs = std::filesystem;
using credential_provider::Spill;
using testing::HasSubstr;

class KubeconfigLockTest : public testing::Test {
 protected:
  FilePlace Place(const std::string& name) const { return KubeconfigTarget::Find(dir_.Path(name))->file(); }

  credential_provider::TempDir dir_;
  const std::string path_ = dir_.Path("config");
  const std::string name_ = path_ + ".lock";
  const FilePlace place_ = Place("config");
};

TEST_F(KubeconfigLockTest, TheLockNamesThisProcessAndOnlyItsUserMayReadIt) {
  KubeconfigLock lock;
  ASSERT_TRUE(lock.Acquire({place_}, absl::ZeroDuration()).ok());
  struct stat info = {};
  ASSERT_EQ(stat(name_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(credential_provider::Slurp(name_), ThisProcess());
  lock.Release();
  EXPECT_TRUE(fs::is_empty(dir_.path()));
}

// A run that was killed while it held the lock.
TEST_F(KubeconfigLockTest, ALockOfOursWhoseProcessIsGoneIsRemoved) {
  const pid_t child = fork();
  if (child == 0) {
    KubeconfigLock lock;
    lock.Acquire({place_}, absl::ZeroDuration()).IgnoreError();
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(fs::exists(name_));
  KubeconfigLock lock;
  EXPECT_TRUE(lock.Acquire({place_}, absl::Seconds(1)).ok());
}

TEST_F(KubeconfigLockTest, ALockOfOursWhoseProcessLivesStays) {
  KubeconfigLock first, second;
  ASSERT_TRUE(first.Acquire({place_}, absl::ZeroDuration()).ok());
  EXPECT_FALSE(second.Acquire({place_}, absl::Milliseconds(60)).ok());
  EXPECT_TRUE(fs::exists(name_));
}

// A process id means nothing on another machine, in another container or after a new start.
TEST_F(KubeconfigLockTest, ALockOfAnotherMachineStays) {
  Spill(name_, "kubeconfig_writer 1 1 another-boot pid:[1]\n");
  KubeconfigLock lock;
  EXPECT_FALSE(lock.Acquire({place_}, absl::Milliseconds(60)).ok());
  EXPECT_TRUE(fs::exists(name_));
}

TEST_F(KubeconfigLockTest, ALockFromBeforeTheMachineWasStartedIsSaidToHaveNoOwner) {
  Spill(name_, "");
  const timespec before_boot = {credential_provider::BootTime() - 3600, 0};
  const timespec times[] = {before_boot, before_boot};
  ASSERT_EQ(utimensat(AT_FDCWD, name_.c_str(), times, 0), 0);
  KubeconfigLock lock;
  EXPECT_EQ(
      credential_provider::HintOf(lock.Acquire({place_}, absl::Milliseconds(20))),
      "this machine was started since, so its owner is gone: rm -f " + credential_provider::ShellWord(name_));
}

TEST_F(KubeconfigLockTest, ALockThatStaysIsNamedWithItsAgeAndTheCommandThatRemovesIt) {
  Spill(name_, "");
  KubeconfigLock lock;
  const absl::Time start = absl::Now();
  const absl::Status status = lock.Acquire({place_}, absl::Milliseconds(60));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(60));
  EXPECT_EQ(status.message(), name_ + ": locked by another program for 0");
  EXPECT_THAT(credential_provider::HintOf(status), HasSubstr("rm -f "));
  EXPECT_THAT(credential_provider::HintOf(status), HasSubstr(name_));
  EXPECT_TRUE(fs::exists(name_));
}

TEST_F(KubeconfigLockTest, OfTwoLocksBothOrNoneAreTaken) {
  Spill(dir_.Path("b.lock"), "");
  KubeconfigLock lock;
  EXPECT_FALSE(lock.Acquire({Place("a"), Place("b")}, absl::ZeroDuration()).ok());
  EXPECT_FALSE(fs::exists(dir_.Path("a.lock")));
}

// Removed also on signals.
TEST_F(KubeconfigLockTest, ASignalWaitsUntilTheLockIsRemoved) {
  const pid_t child = fork();
  if (child == 0) {
    KubeconfigLock lock;
    const bool held = lock.Acquire({place_}, absl::ZeroDuration()).ok();
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
