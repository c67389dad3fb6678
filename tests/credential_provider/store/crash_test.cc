// Whatever a writer is doing when it is killed: the next reader sees what was there before, what was being
// written, or nothing.
#include <filesystem>
#include <functional>

#include "credential_provider/runs/run_state.h"
#include "credential_provider/store/disk_store.h"
#include "credential_provider/store/folder_files.h"
#include "credential_provider/store/keyring_shares.h"
#include "credential_provider/store/memory_shares.h"
#include "credential_provider/store/split_store.h"
#include "gtest/gtest.h"
#include "tests/testing/own_keyring.h"
#include "tests/testing/step_by_step.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);
const Entry kOld{kNow, kNow + absl::Hours(1), Secret(std::string(3000, 'o'))};
const Entry kNew{kNow + absl::Minutes(1), kNow + absl::Hours(2), Secret(std::string(4000, 'n'))};
constexpr int kMostSteps = 1000;

class CrashTest : public testing::Test {
 protected:
  bool IsWhole(const absl::optional<Entry>& found, const Entry& entry) {
    return found->issued == entry.issued && found->expiration == entry.expiration &&
           found->payload.Reveal() == entry.payload.Reveal();
  }

  // Counts the ways a reader can find things after each possible death of a writer. `clean` removes what the
  // dead have left that would expire later.
  void KillTheWriterEverywhere(
      EntryStore& store, bool with_old, const std::function<void()>& clean = [] {}) {
    int steps = 0, misses = 0, olds = 0, news = 0;
    bool killed = true;
    for (; killed && steps < kMostSteps; ++steps) {
      store.Forget(key_).IgnoreError();
      clean();
      ASSERT_TRUE(!with_old || store.Remember(key_, kOld, kNow).ok());
      killed = KillAtStep([&] { store.Remember(key_, kNew, kNow).IgnoreError(); }, steps);
      const absl::optional<Entry> found = store.Find(key_);
      misses += !found ? 1 : 0;
      olds += found && IsWhole(found, kOld) ? 1 : 0;
      news += found && IsWhole(found, kNew) ? 1 : 0;
      ASSERT_EQ(misses + olds + news, steps + 1) << "neither the old one nor the new one at step " << steps;
      ASSERT_TRUE(store.Remember(key_, kNew, kNow).ok()) << "the dead stand in nobody's way";
    }
    EXPECT_FALSE(killed);
    EXPECT_GT(steps, 4);
    EXPECT_GT(news, 0);
    EXPECT_EQ(with_old ? misses : olds, 0);
  }

  TempDir dir_;
  const CredentialKey key_ = CredentialKey().Add("cluster", "crash");
};

TEST_F(CrashTest, OfAWriterOfAFileLeavesTheOldEntryOrTheNew) {
  PrivateFolder folder(dir_.Path("store"));
  DiskStore store(folder);
  KillTheWriterEverywhere(store, /*with_old=*/true);
}

TEST_F(CrashTest, OfAWriterOfTheFirstFileLeavesAMissOrTheEntry) {
  PrivateFolder folder(dir_.Path("store"));
  DiskStore store(folder);
  KillTheWriterEverywhere(store, /*with_old=*/false);
}

TEST_F(CrashTest, OfAWriterOfAKeyAndItsPadLeavesTheOldEntryOrTheNew) {
  if (!HasOwnKeyring()) GTEST_SKIP() << "no user namespaces or no keyrings here";
  KeyringShares keyring;
  PrivateFolder folder(dir_.Path("store"));
  SplitStore store({&folder}, keyring, kKeyringPadSuffix);
  for (const bool with_old : {true, false}) KillTheWriterEverywhere(store, with_old, [] { RemoveAllKeys(); });
  RemoveAllKeys();
}

TEST_F(CrashTest, OfAWriterOfAShareAndItsPadLeavesTheOldEntryOrTheNew) {
  PrivateFolder folder(dir_.Path("store"));
  PrivateFolder memory(dir_.Path("memory"));
  MemoryShares shares(memory);
  SplitStore store({&folder}, shares, kMemoryPadSuffix);
  const auto clean = [&] {
    for (const char* name : {"store", "memory"}) {
      for (const auto& file : std::filesystem::directory_iterator(dir_.Path(name)))
        std::filesystem::remove(file);
    }
  };
  ASSERT_TRUE(folder.Make().ok() && memory.Make().ok());
  for (const bool with_old : {true, false}) KillTheWriterEverywhere(store, with_old, clean);
}

TEST_F(CrashTest, OfTheMakerOfAFolderStopsNobody) {
  for (int steps = 0; steps < kMostSteps; ++steps) {
    std::filesystem::remove_all(dir_.Path("a"));
    const bool killed = KillAtStep([&] { PrivateFolder(dir_.Path("a/b/c")).Make().IgnoreError(); }, steps);
    ASSERT_TRUE(PrivateFolder(dir_.Path("a/b/c")).Make().ok()) << steps;
    if (!killed) return;
  }
  FAIL() << "it never ended";
}

TEST_F(CrashTest, OfAWriterOfARecordLeavesTheOldRecordOrTheNewAndAFreeLock) {
  PrivateFolder folder(dir_.Path("store"));
  for (int steps = 0; steps < kMostSteps; ++steps) {
    RunState old({&folder}, key_);
    old.Remove();
    old.issuance.issuances = 1;
    old.SaveServings();
    old.SaveIssuance();
    const bool killed = KillAtStep(
        [&] {
          RunState writer({&folder}, key_);
          if (!writer.TryLock().ok()) return;
          writer.Load();
          writer.issuance.issuances = 2;
          writer.SaveIssuance();
        },
        steps);
    RunState next({&folder}, key_);
    EXPECT_TRUE(*next.TryLock());
    next.Load();
    EXPECT_TRUE(next.issuance.issuances == 1 || next.issuance.issuances == 2) << steps;
    if (!killed) return;
  }
  FAIL() << "it never ended";
}

}  // namespace
}  // namespace credential_provider
