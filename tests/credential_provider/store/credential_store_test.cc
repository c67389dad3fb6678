#include "credential_provider/store/credential_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "credential_provider/platform/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/own_keyring.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1767323045);
const Entry kEntry{kNow, kNow + absl::Hours(1), Secret("{}")};

// A home on whatever the test's folder is on, and a runtime folder in memory.
class CredentialStoreTest : public testing::Test {
 protected:
  ~CredentialStoreTest() override { std::filesystem::remove_all(run_); }

  CredentialStore Make(StoreKind kind, const std::string& cache_dir = "") {
    return CredentialStore({kind, cache_dir}, Environment(environment_));
  }

  TempDir dir_;
  const std::string home_ = "HOME=" + dir_.path();
  const std::string run_ = "/dev/shm/credential_store_test." + std::to_string(getpid());
  const std::string runtime_ = "XDG_RUNTIME_DIR=" + run_;
  const char* environment_[3] = {home_.c_str(), runtime_.c_str(), nullptr};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
};

TEST_F(CredentialStoreTest, AutoTakesTheKeyringFirst) {
  if (!HasOwnKeyring()) GTEST_SKIP() << "no user namespaces or no keyrings here";
  CredentialStore store = Make(StoreKind::kAuto);
  const auto placement = store.Remember(key_, kEntry, kNow);
  ASSERT_TRUE(placement.ok());
  EXPECT_EQ(placement->kind, StoreKind::kKeyring);
  EXPECT_EQ(placement->passed_over, "");
  EXPECT_TRUE(store.Find(key_).has_value());
  EXPECT_FALSE(std::filesystem::exists(dir_.Path(".cache")));
  EXPECT_TRUE(*store.Forget(key_));
}

TEST_F(CredentialStoreTest, AutoPassesOverWhatDoesNotTakeTheEntryAndSaysWhy) {
  const Entry large{kNow, kEntry.expiration, Secret(std::string(40000, 'x'))};  // too large for a key
  CredentialStore store = Make(StoreKind::kAuto);
  auto placement = store.Remember(key_, large, kNow);
  ASSERT_TRUE(placement.ok());
  EXPECT_EQ(placement->kind, StoreKind::kRuntime);
  EXPECT_THAT(placement->passed_over, HasSubstr("keyring: "));
  EXPECT_TRUE(store.Find(key_).has_value());
  ASSERT_TRUE(*store.Forget(key_));

  Spill(dir_.Path("file"), "");
  const std::string broken = "XDG_RUNTIME_DIR=" + dir_.Path("file");
  environment_[1] = broken.c_str();
  CredentialStore without_runtime = Make(StoreKind::kAuto);
  placement = without_runtime.Remember(key_, large, kNow);
  ASSERT_TRUE(placement.ok());
  EXPECT_EQ(placement->kind, StoreKind::kDisk);
  EXPECT_THAT(placement->passed_over,
              HasSubstr("runtime: " + dir_.Path("file") + "/credential_provider: Not a directory; memory: "));
}

TEST_F(CredentialStoreTest, ARuntimeFolderOnADiskIsPassedOverForMemory) {
  const std::string on_disk = "XDG_RUNTIME_DIR=" + dir_.path();
  environment_[1] = on_disk.c_str();
  PrivateFolder folder(dir_.path());
  ASSERT_TRUE(folder.Open().ok());
  if (IsInMemory(folder.fd())) GTEST_SKIP() << "the test's folder is in memory";
  CredentialStore store = Make(StoreKind::kAuto);
  const auto placement = store.Remember(CredentialKey().Add("cluster", "on disk"), kEntry, kNow);
  ASSERT_TRUE(placement.ok());
  EXPECT_NE(placement->kind, StoreKind::kRuntime);
  EXPECT_NE(placement->kind, StoreKind::kDisk);
  EXPECT_TRUE(*store.Forget(CredentialKey().Add("cluster", "on disk")));
  EXPECT_EQ(Make(StoreKind::kRuntime).Remember(key_, kEntry, kNow)->kind, StoreKind::kRuntime)
      << "when asked for";
}

TEST_F(CredentialStoreTest, OfWhatIsInMemoryNoFileInTheHomeHasMoreThanAShare) {
  for (const StoreKind kind : {StoreKind::kKeyring, StoreKind::kMemory}) {
    if (kind == StoreKind::kKeyring && !HasOwnKeyring()) continue;
    const std::string secret(500, 's');
    environment_[1] = nullptr;
    CredentialStore store = Make(kind);
    ASSERT_TRUE(store.Remember(key_, {kNow, kNow + absl::Hours(1), Secret(secret)}, kNow).ok());
    EXPECT_EQ(store.Find(key_)->payload.Reveal(), secret);
    for (const auto& file : std::filesystem::recursive_directory_iterator(dir_.path())) {
      if (file.is_regular_file()) {
        EXPECT_EQ(Slurp(file.path()).find("ssss"), std::string::npos) << file.path();
      }
    }
    EXPECT_TRUE(*store.Forget(key_));
  }
}

TEST_F(CredentialStoreTest, TryingSaysWhereAnEntryWouldBeAndLeavesNone) {
  EXPECT_EQ(Make(StoreKind::kRuntime).Try(kNow)->kind, StoreKind::kRuntime);
  EXPECT_TRUE(std::filesystem::is_empty(run_ + "/credential_provider"));
  EXPECT_EQ(Make(StoreKind::kNone).Try(kNow)->kind, StoreKind::kNone);
  Spill(dir_.Path("file"), "");
  EXPECT_EQ(Make(StoreKind::kDisk, dir_.Path("file/store")).Try(kNow).status().message(),
            "disk: " + dir_.Path("file/store") + ": Not a directory");
}

TEST_F(CredentialStoreTest, WhenNoPlaceTakesItTheErrorNamesThemAll) {
  Spill(dir_.Path("file"), "");
  const std::string home = "HOME=" + dir_.Path("file");
  const char* environment[] = {home.c_str(), nullptr};
  CredentialStore store({StoreKind::kAuto, ""}, Environment(environment));
  const Entry large{kNow, kEntry.expiration, Secret(std::string(40000, 'x'))};
  const std::string error(store.Remember(key_, large, kNow).status().message());
  EXPECT_THAT(error, HasSubstr("keyring: "));
  EXPECT_THAT(error, HasSubstr("; runtime: XDG_RUNTIME_DIR does not name a folder; memory: larger "
                               "than 32767 bytes; disk: "));
}

TEST_F(CredentialStoreTest, WhenNoPlaceTakesTheNewOneTheOldOneStays) {
  CredentialStore store = Make(StoreKind::kMemory);
  ASSERT_TRUE(store.Remember(key_, kEntry, kNow).ok());
  const Entry large{kNow + absl::Minutes(1), kEntry.expiration, Secret(std::string(40000, 'x'))};
  EXPECT_FALSE(store.Remember(key_, large, kNow).ok());
  ASSERT_TRUE(store.Find(key_).has_value());
  EXPECT_EQ(store.Find(key_)->issued, kEntry.issued);
  EXPECT_TRUE(*store.Forget(key_));
}

TEST_F(CredentialStoreTest, AnEntryInABetterPlaceReplacesTheOneInAWorse) {
  ASSERT_TRUE(Make(StoreKind::kDisk).Remember(key_, kEntry, kNow).ok());
  const Entry next{kNow + absl::Minutes(1), kEntry.expiration, Secret(std::string(40000, 'x'))};
  CredentialStore store = Make(StoreKind::kAuto);
  ASSERT_TRUE(store.Remember(key_, next, kNow).ok());
  EXPECT_EQ(store.Find(key_)->issued, next.issued);
  EXPECT_FALSE(Make(StoreKind::kDisk).Find(key_).has_value());
}

TEST_F(CredentialStoreTest, AnExplicitFolderMeansDiskThere) {
  CredentialStore store = Make(StoreKind::kAuto, dir_.Path("mine"));
  EXPECT_EQ(store.Remember(key_, kEntry, kNow)->kind, StoreKind::kDisk);
  EXPECT_TRUE(std::filesystem::exists(dir_.Path("mine/" + key_.FileName() + ".credential")));
  ASSERT_EQ(store.state_folders().size(), 1u);
  EXPECT_EQ(store.state_folders()[0]->path(), dir_.Path("mine"));
}

TEST_F(CredentialStoreTest, NoneIsTrulyNone) {
  CredentialStore store = Make(StoreKind::kNone);
  EXPECT_EQ(store.Remember(key_, kEntry, kNow)->kind, StoreKind::kNone);
  EXPECT_FALSE(store.Find(key_).has_value());
  EXPECT_TRUE(store.state_folders().empty());
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
}

TEST_F(CredentialStoreTest, WhatIsSaidBetweenRunsPrefersMemory) {
  const CredentialStore store = Make(StoreKind::kAuto);
  ASSERT_EQ(store.state_folders().size(), 3u);
  EXPECT_EQ(store.state_folders()[0]->path(), run_ + "/credential_provider");
  EXPECT_EQ(store.state_folders()[2]->path(), "/dev/shm/credential_provider-" + std::to_string(geteuid()));
}

TEST_F(CredentialStoreTest, TheListSaysWhereEachEntryIs) {
  ASSERT_TRUE(Make(StoreKind::kDisk).Remember(key_, kEntry, kNow).ok());
  ASSERT_TRUE(Make(StoreKind::kRuntime).Remember(CredentialKey().Add("cluster", "c2"), kEntry, kNow).ok());
  std::vector<StoreKind> kinds;
  for (const StoredKey& stored : Make(StoreKind::kAuto).List()) kinds.push_back(stored.kind);
  EXPECT_THAT(kinds, testing::ElementsAre(StoreKind::kRuntime, StoreKind::kDisk));
}

// A system such as macOS: no keyring, nothing in memory, but a folder that it keeps for each user.
class SystemWithoutMemoryTest : public testing::Test {
 protected:
  CredentialStore Make(StoreKind kind, const std::string& user_folder) {
    return CredentialStore({kind, ""}, Environment(environment_), {false, "", user_folder});
  }

  bool IsOnDisk() const { return !*IsInMemory(dir_.path()); }

  TempDir dir_;
  const std::string home_ = "HOME=" + dir_.path();
  const std::string runtime_ = "XDG_RUNTIME_DIR=" + dir_.Path("run");
  const char* environment_[3] = {home_.c_str(), nullptr, nullptr};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
};

TEST_F(SystemWithoutMemoryTest, AutoTakesTheFolderOfTheUserAndMissesNothing) {
  if (!IsOnDisk()) GTEST_SKIP() << "the test's folder is in memory";
  CredentialStore store = Make(StoreKind::kAuto, dir_.Path("T"));
  const auto placement = store.Remember(key_, kEntry, kNow);
  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->kind, StoreKind::kRuntime);
  EXPECT_EQ(placement->passed_over, "");
  EXPECT_TRUE(store.Find(key_).has_value());
  struct stat folder;
  ASSERT_EQ(stat(dir_.Path("T/credential_provider").c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777, 0700u);
  EXPECT_FALSE(std::filesystem::exists(dir_.Path(".cache")));
}

TEST_F(SystemWithoutMemoryTest, ARuntimeFolderThatTheUserNamesWinsOnADiskToo) {
  if (!IsOnDisk()) GTEST_SKIP() << "the test's folder is in memory";
  environment_[1] = runtime_.c_str();
  ASSERT_TRUE(Make(StoreKind::kAuto, dir_.Path("T")).Remember(key_, kEntry, kNow).ok());
  EXPECT_TRUE(std::filesystem::exists(dir_.Path("run/credential_provider")));
  EXPECT_FALSE(std::filesystem::exists(dir_.Path("T")));
}

TEST_F(SystemWithoutMemoryTest, WhereThatFolderCannotBeEnteredTheDiskIsTaken) {
  Spill(dir_.Path("T"), "");
  const auto placement = Make(StoreKind::kAuto, dir_.Path("T")).Remember(key_, kEntry, kNow);
  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->kind, StoreKind::kDisk);
  EXPECT_EQ(placement->passed_over, "runtime: " + dir_.Path("T/credential_provider") + ": Not a directory");
}

TEST_F(SystemWithoutMemoryTest, WithoutThatFolderTheDiskIsTaken) {
  EXPECT_EQ(Make(StoreKind::kAuto, "").Remember(key_, kEntry, kNow)->kind, StoreKind::kDisk);
}

TEST_F(SystemWithoutMemoryTest, APlaceThatItDoesNotHaveIsRefusedWithAnother) {
  for (const StoreKind kind : {StoreKind::kKeyring, StoreKind::kMemory}) {
    CredentialStore store = Make(kind, dir_.Path("T"));
    const absl::Status refused = store.Remember(key_, kEntry, kNow).status();
    EXPECT_EQ(refused.message(), std::string(StoreKindName(kind)) + ": this system has none");
    EXPECT_EQ(HintOf(refused), "use --store runtime, or --store disk");
    EXPECT_FALSE(store.Find(key_).has_value());
    EXPECT_EQ(store.ForgetStrays(), 0);
  }
}

}  // namespace
}  // namespace credential_provider
