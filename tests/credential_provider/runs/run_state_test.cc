#include "credential_provider/runs/run_state.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;

class KeyStateTest : public testing::Test {
 protected:
  RunState Make() { return RunState({&folder_}, key_); }
  std::string Path() const { return folder_.path() + "/" + key_.FileName() + ".state"; }

  TempDir dir_;
  PrivateFolder folder_{dir_.Path("store")};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
};

TEST_F(KeyStateTest, BothPartsComeBackAsTheyWere) {
  RunState written = Make();
  written.Load();
  written.servings.Add({1, 2, 3, 0});
  written.SaveServings();
  written.issuance.Fail(WithHint(absl::PermissionDeniedError("no"), "ask"), "proof", absl::FromUnixMicros(9));
  written.SaveIssuance();
  RunState read = Make();
  read.Load();
  EXPECT_EQ(read.servings.starts, 1u);
  EXPECT_EQ(read.servings.recent[0].starter, 3);
  EXPECT_EQ(read.issuance.Failure(), WithHint(absl::PermissionDeniedError("no"), "ask"));
  EXPECT_EQ(HintOf(read.issuance.Failure()), "ask");
  EXPECT_EQ(read.issuance.failed(), absl::FromUnixMicros(9));
}

TEST_F(KeyStateTest, TornAndForeignFilesCountAsEmpty) {
  ASSERT_TRUE(folder_.Make().ok());
  RunState whole = Make();
  whole.servings.Add({1, 2, 3, 0});
  whole.SaveServings();
  whole.issuance.issuances = 5;
  whole.SaveIssuance();
  const std::string bytes = Slurp(Path());
  for (const size_t size : {size_t{0}, size_t{1}, sizeof(AnswerLog) - 1, bytes.size() - 1}) {
    Spill(Path(), bytes.substr(0, size));
    RunState torn = Make();
    torn.Load();
    EXPECT_EQ(torn.issuance.issuances, 0u) << size;
    EXPECT_EQ(torn.servings.starts, size < sizeof(AnswerLog) ? 0u : 1u) << size;
  }
  Spill(Path(), std::string(2000, 'x'));
  RunState foreign = Make();
  foreign.Load();
  EXPECT_EQ(foreign.servings.starts, 0u);
  EXPECT_TRUE(foreign.issuance.Failure().ok());
}

TEST_F(KeyStateTest, OneHolderOfTheLockAtATime) {
  RunState first = Make();
  RunState second = Make();
  EXPECT_TRUE(*first.TryLock());
  EXPECT_FALSE(*second.TryLock());
  first.Unlock();
  EXPECT_TRUE(*second.TryLock());
}

TEST_F(KeyStateTest, TheLockOfAKilledHolderIsFree) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    RunState state = Make();
    if (!*state.TryLock() || write(ready[1], "x", 1) != 1) _exit(1);
    pause();
  }
  char byte;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  RunState state = Make();
  EXPECT_FALSE(*state.TryLock());
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(*state.TryLock());
}

TEST_F(KeyStateTest, TheLockIsNeverThatOfARemovedFile) {
  RunState first = Make();
  ASSERT_TRUE(*first.TryLock());
  RunState waiting = Make();
  ASSERT_FALSE(*waiting.TryLock());
  fs::remove(Path());
  first.Unlock();
  ASSERT_TRUE(*waiting.TryLock());
  RunState third = Make();
  EXPECT_FALSE(*third.TryLock()) << "both would have a lock, of different files";
}

TEST_F(KeyStateTest, WhileARunHoldsTheLockARemovedRecordIsEmptyAndTheLockStays) {
  RunState holder = Make();
  holder.servings.Add({1, 2, 3, 0});
  holder.SaveServings();
  ASSERT_TRUE(*holder.TryLock());
  Make().Remove();
  RunState next = Make();
  EXPECT_FALSE(*next.TryLock()) << "two would issue at once";
  next.Load();
  EXPECT_EQ(next.servings.starts, 0u);
  holder.Unlock();
  Make().Remove();
  EXPECT_FALSE(fs::exists(Path()));
}

TEST_F(KeyStateTest, ARecordInALaterFolderIsLockedThereAlsoByWhoHasNotReadIt) {
  PrivateFolder later(dir_.Path("later"));
  RunState before({&later}, key_);  // while the first folder was full
  ASSERT_TRUE(*before.TryLock());
  RunState next({&folder_, &later}, key_);
  EXPECT_FALSE(*next.TryLock()) << "two would issue at once";
}

TEST_F(KeyStateTest, WithoutAFolderNothingIsKeptAndNoLockTaken) {
  RunState state({}, key_);
  state.Load();
  state.servings.Add({1, 2, 3, 0});
  state.SaveServings();
  EXPECT_FALSE(state.keeps());
  EXPECT_FALSE(state.TryLock().ok());
}

TEST_F(KeyStateTest, AFolderThatCannotBeUsedIsPassedOver) {
  Spill(dir_.Path("file"), "");
  PrivateFolder broken(dir_.Path("file/store"));
  RunState state({&broken, &folder_}, key_);
  EXPECT_TRUE(*state.TryLock());
  EXPECT_TRUE(fs::exists(Path()));
}

TEST_F(KeyStateTest, TheFileIsForItsOwnerAlone) {
  const mode_t mask = umask(0);
  Make().SaveServings();
  umask(mask);
  EXPECT_EQ(fs::status(Path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(KeyStateTest, ASymlinkInItsPlaceIsNotFollowed) {
  ASSERT_TRUE(folder_.Make().ok());
  Spill(dir_.Path("elsewhere"), "");
  fs::create_symlink(dir_.Path("elsewhere"), Path());
  Make().SaveServings();
  EXPECT_EQ(Slurp(dir_.Path("elsewhere")), "");
}

TEST_F(KeyStateTest, OnlyRecordsAreRemoved) {
  Make().SaveServings();
  Spill(folder_.path() + "/0123456789abcdef.state", "somebody else's");
  Spill(folder_.path() + "/notes.state", "x");
  RemoveRunStates(folder_);
  EXPECT_FALSE(fs::exists(Path()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 2);
}

}  // namespace
}  // namespace credential_provider
